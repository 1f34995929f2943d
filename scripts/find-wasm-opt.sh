#!/usr/bin/env bash
# Prints the path of a wasm-opt that is new enough; fails without one. (Older ones break the module, see xtask.)
cd "$(dirname "$0")/.." && source scripts/env.sh
found=$(command -v wasm-opt) && version=$("$found" --version | grep -oE '[0-9]+' | head -n 1) && [ "${version:-0}" -ge 116 ] && echo "$found"
