#!/usr/bin/env bash
# Builds target/release/candlewick with everything it needs inside. A second call takes seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
bash scripts/setup.sh build

cargo build --locked --package xtask
target/debug/xtask site --release
cargo build --locked --release --package server
