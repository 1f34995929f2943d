#!/usr/bin/env bash
# Installs what is missing and nothing else.
#   setup.sh build   what `make run` needs: Rust, a C compiler, the wasm32 target
#   setup.sh test    that, and cargo-nextest, Node, Chromium and the PostgreSQL server programs
# Debian and Ubuntu through apt (with sudo unless root), macOS through Homebrew. Where everything is there it only
# looks, and takes a fraction of a second.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
what=${1:-build}
have() { command -v "$1" >/dev/null 2>&1; }
say() { echo "setup: $*"; }
fail() { echo "setup: $*" >&2; exit 1; }

# Packages are collected first and installed in one go.
essential=()
if have apt-get; then system=apt; elif have brew; then system=brew; else system=none; fi
need() { # need <apt package> <brew package>
  case $system in apt) essential+=("$1") ;; brew) essential+=("$2") ;; none) fail "please install $1" ;; esac
}

install_packages() {
  [ $# -gt 0 ] || return 0
  say "installing $*"
  if [ $system = brew ]; then brew install "$@"; return; fi
  local as_root=
  if [ "$(id -u)" != 0 ]; then have sudo || fail "please install as root: $*"; as_root=sudo; fi
  [ -n "${apt_updated:-}" ] || { $as_root apt-get update -qq; apt_updated=1; }
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

postgres_programs() {
  have initdb && return
  have pg_config && [ -x "$(pg_config --bindir)/initdb" ] && return
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || compgen -G '/opt/homebrew/opt/postgresql*/bin/initdb' >/dev/null
}

have cc || need build-essential gcc
have curl || need curl curl
have git || need git git
if [ "$what" = test ]; then
  have npm || { need nodejs node; [ $system != apt ] || need npm npm; }
  have pdftotext || need poppler-utils poppler
  postgres_programs || need postgresql postgresql@17
fi
[ ${#essential[@]} -eq 0 ] || install_packages "${essential[@]}"

# Rust. RUSTUP_AUTO_INSTALL=0 asks that rustup download nothing, so then only the system's packages are used.
if ! have cargo; then
  if [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ]; then
    say "installing Rust with rustup"
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile default
    source scripts/env.sh
  elif [ $system = apt ]; then
    install_packages rustc-web cargo-web
  fi
fi
have cargo || fail "no cargo found; install Rust from https://rustup.rs"
wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
found=$(rustc --version | cut -d' ' -f2)
[ "$(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -n 1)" = "$wanted" ] \
  || fail "Rust $found is too old, $wanted is needed (rustup update stable)"
bash scripts/ensure-wasm-target.sh >/dev/null
[ "$what" = test ] || exit 0

for part in fmt clippy; do
  cargo $part --version >/dev/null 2>&1 && continue
  component=${part/fmt/rustfmt}
  [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ] && have rustup || fail "cargo $part is missing; install the component $component"
  rustup component add "$component"
done
if ! cargo nextest --version >/dev/null 2>&1; then
  say "installing cargo-nextest (some minutes, once)"
  cargo install --locked cargo-nextest
fi

browser() { bash scripts/find-chromium.sh >/dev/null; }
if ! browser && [ $system = apt ]; then install_packages chromium || true; fi
[ -d end2end/node_modules ] && [ end2end/node_modules/.package-lock.json -nt end2end/package-lock.json ] \
  || PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix end2end ci --no-audit --no-fund --loglevel=error
if ! browser; then
  say "no Chromium among the system's packages; taking Playwright's"
  (cd end2end && npx playwright install chromium) || fail "no Chromium found; set CHROMIUM to its path"
fi
