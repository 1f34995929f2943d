// Browser tests against the real program: the dev build, a fresh data folder, seeded ticks, a free port.
import { defineConfig, devices } from "@playwright/test";
import { BROWSER_FLAGS, freePort, serverEnvironment, SERVER, temporaryFolder } from "./support/server.mjs";

// The configuration is read again in every worker; port and folder are chosen once, by the first reader.
process.env.CANDLEWICK_E2E_PORT ??= String(freePort());
process.env.CANDLEWICK_E2E_DATA ??= temporaryFolder();
const port = Number(process.env.CANDLEWICK_E2E_PORT);
const baseURL = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: "tests",
  outputDir: "report/results",
  // One server, two cores: more workers would only make each other late.
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A second try tells a test that depends on luck (reported as flaky) from one that fails.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL,
    locale: "en-US",
    timezoneId: "America/New_York",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: BROWSER_FLAGS },
  },
  webServer: {
    command: `"${SERVER}" serve`,
    url: `${baseURL}/readyz`,
    timeout: 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    env: serverEnvironment(port, process.env.CANDLEWICK_E2E_DATA),
    stdout: "ignore",
    stderr: "pipe",
  },
});
