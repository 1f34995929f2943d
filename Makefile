# Candlewick's two commands: `make run` and `make test`. Everything missing is installed by scripts/setup.sh.
.PHONY: run build test

run: build
	@echo "Starting Candlewick; Ctrl-C stops it"
	@exec target/release/candlewick serve

build:
	@bash scripts/build.sh

test:
	@bash scripts/test.sh
