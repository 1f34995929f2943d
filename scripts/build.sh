#!/usr/bin/env bash
# Builds target/release/candlewick with everything it needs inside. A second call takes seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
bash scripts/setup.sh build

cargo build --locked --package xtask
# The browser's half has a target folder of its own and is compiled beside the program's.
cargo build --locked --release --package server --lib & library=$!
trap 'kill $library 2>/dev/null || true' EXIT
target/debug/xtask site --release
wait $library
# Files that were not there when it was compiled are no reason for cargo to compile it again.
[ target/release/candlewick -nt target/site.stamp ] || touch server/src/main.rs
cargo build --locked --release --package server
