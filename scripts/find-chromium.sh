#!/usr/bin/env bash
# Prints the path of a Chromium or Chrome for the browser tests: $CHROMIUM, the system's, or Playwright's.
# On Ubuntu `chromium` may be a stub that asks for a snap; a browser counts only if it can say its version.
set -u
cd "$(dirname "$0")/.."
works() { [ -x "$1" ] && timeout 20 "$1" --version --no-sandbox >/dev/null 2>&1; }
for candidate in "${CHROMIUM:-}" \
  "$(command -v chromium || true)" "$(command -v chromium-browser || true)" "$(command -v google-chrome || true)" \
  "/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
  if [ -n "$candidate" ] && works "$candidate"; then echo "$candidate"; exit 0; fi
done
if [ -d end2end/node_modules/playwright-core ]; then
  candidate=$(cd end2end && node -p 'require("playwright-core").chromium.executablePath()' 2>/dev/null)
  if [ -n "$candidate" ] && works "$candidate"; then echo "$candidate"; exit 0; fi
fi
exit 1
