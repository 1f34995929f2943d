// Pictures of pages in three widths and both themes, as a registered person sees them:
//   node screenshots.mjs [--url http://127.0.0.1:3000] [--public] [path ...]     -> report/<path>-<width>-<theme>.png
// Without --url it starts a server of its own. --public takes them without an account.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { register } from "./support/account.mjs";
import { BROWSER_FLAGS, startServer } from "./support/server.mjs";

const { values, positionals } = parseArgs({
  options: { url: { type: "string" }, public: { type: "boolean" }, full: { type: "boolean" } },
  allowPositionals: true,
});
const paths = positionals.length ? positionals : ["/overview", "/symbols/AAPL", "/watchlists", "/settings"];
const sizes = [[390, 844], [1280, 800], [1920, 1080]];
const folder = fileURLToPath(new URL("report/", import.meta.url));
await mkdir(folder, { recursive: true });

const server = values.url ? { url: values.url, stop() {} } : await startServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: BROWSER_FLAGS });
const context = await browser.newContext({ baseURL: server.url });
const page = await context.newPage();
page.on("console", (message) => {
  if (["error", "warning"].includes(message.type())) console.log(`console ${message.type()}: ${message.text()}`);
});
if (!values.public) await register(page);

for (const path of paths) {
  for (const theme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await page.goto(path);
      await page.waitForTimeout(2_000); // live prices, charts and fonts have arrived
      const name = `${path.replace(/^\/|\/$/g, "").replace(/[^\w.-]+/g, "_") || "home"}-${width}-${theme}.png`;
      await page.screenshot({ path: folder + name, fullPage: values.full ?? false });
      console.log(`report/${name}`);
    }
  }
}
await browser.close();
server.stop();
