# Sourced by the other scripts: finds a Rust that rustup or Homebrew has installed outside the path.
if [ -f "$HOME/.cargo/env" ]; then . "$HOME/.cargo/env"; fi
case ":$PATH:" in *":$HOME/.cargo/bin:"*) ;; *) export PATH="$HOME/.cargo/bin:$PATH" ;; esac
candlewick_cache=${XDG_CACHE_HOME:-$HOME/.cache}/candlewick
# Where setup.sh has put a newer wasm-opt than the system's.
if [ -d "$candlewick_cache/binaryen/node_modules/.bin" ]; then export PATH="$candlewick_cache/binaryen/node_modules/.bin:$PATH"; fi
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-auto}
