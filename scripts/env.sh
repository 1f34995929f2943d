# Sourced by the other scripts: finds a Rust that rustup or Homebrew has installed outside the path.
if [ -f "$HOME/.cargo/env" ]; then . "$HOME/.cargo/env"; fi
case ":$PATH:" in *":$HOME/.cargo/bin:"*) ;; *) export PATH="$HOME/.cargo/bin:$PATH" ;; esac
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-auto}
