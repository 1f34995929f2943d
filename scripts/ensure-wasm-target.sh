#!/usr/bin/env bash
# Makes `cargo build --target wasm32-unknown-unknown` possible and says how, by three ways in this order:
#   1. the active toolchain has the target already;
#   2. rustup adds it, unless RUSTUP_AUTO_INSTALL=0 asks that rustup download nothing;
#   3. on Debian and Ubuntu, std for wasm32 is compiled from the package rust-web-src into a private toolchain
#      folder (40 s once; nothing under /usr changes).
# Standard output is one line: the folder to put first on PATH for the wasm build alone, or an empty line when the
# active toolchain serves. Everything said on the way goes to standard error. Safe to run any number of times.
set -euo pipefail

target=wasm32-unknown-unknown
home=${CANDLEWICK_WASM_TOOLCHAIN:-${XDG_CACHE_HOME:-$HOME/.cache}/candlewick/wasm-toolchain}
say() { echo "wasm target: $*" >&2; }

# has <rustc>: does this compiler come with std for the target?
has() {
  local libdir
  libdir=$("$1" --print target-libdir --target $target 2>/dev/null) && compgen -G "$libdir/libstd-*.rlib" >/dev/null
}

if command -v rustc >/dev/null && has rustc; then
  echo; exit 0
fi

if [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ] && command -v rustup >/dev/null; then
  if rustup target add $target >&2 && has rustc; then
    say "added by rustup to $(rustc -V)"
    echo; exit 0
  fi
fi

# The private toolchain is made for one compiler and one version of its sources; a newer package renews it.
fingerprint() { { /usr/bin/rustc -vV; dpkg-query -W rust-web-src; } 2>/dev/null | sha256sum | cut -d' ' -f1; }

if [ -f "$home/fingerprint" ] && [ "$(cat "$home/fingerprint")" = "$(fingerprint)" ] && has "$home/bin/rustc"; then
  echo "$home/bin"; exit 0
fi

if ! command -v apt-get >/dev/null; then
  say "the active toolchain has no $target and rustup may not add it; run 'rustup target add $target'"
  exit 1
fi

sources=/usr/lib/rustlib/src/rust/library
linker() { command -v lld-19 || command -v lld-20 || command -v lld; }
if [ ! -x /usr/bin/rustc ] || [ ! -x /usr/bin/cargo ] || [ ! -d $sources/std ] || ! linker >/dev/null; then
  as_root=; [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root apt-get update -qq >&2
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    rustc-web cargo-web rust-web-src lld-19 >&2
fi

say "compiling std for $target from $sources"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
echo '#![no_std]' >"$work/src/lib.rs"
printf '[package]\nname = "wasmstd"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$work/Cargo.toml"
# A clean environment: whatever flags or wrappers the caller uses must not reach std. RUSTC_BOOTSTRAP is what the
# distribution's own build of std uses; it stays inside this one call.
(cd "$work" && env -u RUSTC -u RUSTC_WRAPPER -u CARGO_BUILD_RUSTC_WRAPPER -u CARGO_ENCODED_RUSTFLAGS \
  -u CARGO_TARGET_DIR -u RUSTUP_TOOLCHAIN -u LD_LIBRARY_PATH \
  PATH=/usr/bin:/bin RUSTC_BOOTSTRAP=1 __CARGO_DEFAULT_LIB_METADATA=stablestd \
  RUSTFLAGS='-Zforce-unstable-if-unmarked -Cembed-bitcode=yes' \
  /usr/bin/cargo build --release --target $target --target-dir "$work/target" \
    -Z build-std=std,panic_abort,panic_unwind,proc_macro,test) >&2

# The sysroot: Debian's own for the host, ours for the target, and shims that point the compiler at it.
host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
new=$home.new.$$; rm -rf "$new"
mkdir -p "$new/bin" "$new/lib/rustlib/$host/bin" "$new/lib/rustlib/$target/lib"
cp "$work/target/$target"/release/deps/lib*.rlib "$new/lib/rustlib/$target/lib/"
rm -f "$new/lib/rustlib/$target/lib"/libwasmstd-*
ln -s "/usr/lib/rustlib/$host/lib" "$new/lib/rustlib/$host/lib"
ln -s /usr/lib/rustlib/src /usr/lib/rustlib/etc "$new/lib/rustlib/"
ln -s "$(linker)" "$new/lib/rustlib/$host/bin/rust-lld"
for tool in rustc rustdoc; do
  printf '#!/bin/sh\nexec /usr/bin/%s --sysroot "%s" "$@"\n' $tool "$home" >"$new/bin/$tool"
  chmod +x "$new/bin/$tool"
done
ln -s /usr/bin/cargo "$new/bin/cargo"
fingerprint >"$new/fingerprint"
rm -rf "$home"; mkdir -p "$(dirname "$home")"; mv "$new" "$home"

has "$home/bin/rustc" || { say "the compiled std in $home does not work"; exit 1; }
say "compiled for $("$home/bin/rustc" -V) into $home"
echo "$home/bin"
