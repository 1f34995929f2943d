#!/usr/bin/env bash
# Every test there is. A part that fails does not stop the others; the exit status tells of any failure, and the last
# lines are the runners' own closing lines. `scripts/test.sh clippy nextest` runs only the parts named.
set -uo pipefail
cd "$(dirname "$0")/.."
source scripts/env.sh
bash scripts/setup.sh test || exit 1
logs=target/test-logs; mkdir -p $logs

# One list of packages for every host command: cargo then resolves one set of features and builds nothing twice.
# (`--workspace` would turn on `ssr` and `hydrate` of `app` together.)
packages=(-p domain -p forecaster -p engine -p app -p server -p xtask)

times=() failed=()
part() { # part <name> <command...>
  local name=$1 started=$SECONDS; shift
  if [ ${#only[@]} -gt 0 ] && [[ " ${only[*]} " != *" $name "* ]]; then return; fi
  printf '\n==== %s ====\n' "$name"
  if ! "$@" 2>&1 | tee "$logs/$name.log"; then failed+=("$name"); fi
  times+=("$(printf '%-12s %4d s' "$name" $((SECONDS - started)))")
  echo "---- $name took $((SECONDS - started)) s"
}
only=("$@")

licences() {
  if cargo deny --version >/dev/null 2>&1; then cargo deny --locked check licenses bans sources; else echo "cargo-deny is not installed: skipped"; fi
}

lighthouse() { # once more with a browser of its own where it could not look (2)
  local attempt status CHROMIUM
  CHROMIUM=$(bash scripts/find-chromium.sh); export CHROMIUM
  for attempt in 1 2; do
    (cd end2end && node lighthouse.mjs --runs 1); status=$?
    [ $status = 2 ] || return $status
  done
  return $status
}

part fmt       cargo fmt --all -- --check
part clippy    cargo clippy --locked "${packages[@]}" --all-targets -- -D warnings
part licences  licences
part build     cargo build --locked "${packages[@]}"
part nextest   bash scripts/with-postgres.sh cargo nextest run --locked "${packages[@]}"
part doctests  cargo test --locked --doc "${packages[@]}"
part site      target/debug/xtask site --dev
part browser   bash -c 'export CHROMIUM=$(bash scripts/find-chromium.sh) && cd end2end && npx playwright test'
part lighthouse lighthouse

printf '\n==== how long each part took ====\n'
printf '%s\n' "${times[@]}"
printf '%-12s %4d s\n' total $SECONDS
printf '\n==== closing lines ====\n'
[ ! -f $logs/nextest.log ]  || grep -aE '^ *(Summary|FAIL|TIMEOUT|error)' $logs/nextest.log | sort -u
[ ! -f $logs/doctests.log ] || grep -aE '^test result:' $logs/doctests.log
[ ! -f $logs/lighthouse.log ] || grep -aE '^lighthouse:' $logs/lighthouse.log
[ ! -f $logs/browser.log ]  || grep -aE '^ +([0-9]+ (passed|failed|flaky|skipped|did not run)|tests/|\[.*› )' $logs/browser.log
for name in ${failed[@]+"${failed[@]}"}; do
  printf '\n==== the end of %s ====\n' "$name"; tail -n 12 "$logs/$name.log" | cut -c1-300
done
if [ ${#failed[@]} -gt 0 ]; then echo "FAILED: ${failed[*]}"; exit 1; fi
