// Lighthouse on the Overview and a symbol's page, phone and desktop, as a registered person:
//   node lighthouse.mjs [--runs 5] [--url http://127.0.0.1:3000]
// The median of the runs is printed. Performance is reported; accessibility and best practices have to be 100.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium } from "playwright-core";
import { register } from "./support/account.mjs";
import { BROWSER_FLAGS, freePort, startServer } from "./support/server.mjs";

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" }, url: { type: "string" } } });
const pages = { Overview: "/overview", Symbol: "/symbols/AAPL" };
const categories = ["performance", "accessibility", "best-practices"];
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const server = values.url ? { url: values.url, stop() {} } : await startServer();
const profile = mkdtempSync(path.join(tmpdir(), "candlewick-lighthouse-"));
const port = freePort();
// Lighthouse joins the browser of a person who is logged in, and keeps the cookies.
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [...BROWSER_FLAGS, `--remote-debugging-port=${port}`],
  baseURL: server.url,
});
await register(await context.newPage());

let failed = 0;
for (const [name, address] of Object.entries(pages)) {
  for (const device of ["mobile", "desktop"]) {
    const scores = Object.fromEntries(categories.map((category) => [category, []]));
    const faults = new Set();
    for (let run = 0; run < Number(values.runs); run += 1) {
      const flags = { port, onlyCategories: categories, disableStorageReset: true, logLevel: "error" };
      const result = await lighthouse(server.url + address, flags, device === "desktop" ? desktopConfig : undefined);
      if (!result || result.lhr.runtimeError) throw new Error(result?.lhr.runtimeError?.message ?? "no result");
      for (const category of categories) {
        scores[category].push(Math.round((result.lhr.categories[category].score ?? 0) * 100));
        if (category === "performance") continue;
        for (const { id, weight } of result.lhr.categories[category].auditRefs) {
          const audit = result.lhr.audits[id];
          if (weight > 0 && audit.score !== null && audit.score < 1) faults.add(`${id}: ${audit.title}`);
        }
      }
    }
    const medians = categories.map((category) => `${category} ${median(scores[category])}`);
    const ok = categories.slice(1).every((category) => median(scores[category]) === 100);
    failed += ok ? 0 : 1;
    console.log(`lighthouse: ${name} ${device}: ${medians.join(", ")}${ok ? "" : "  FAILED"}`);
    if (!ok) for (const fault of faults) console.log(`lighthouse:   ${fault}`);
  }
}
await context.close();
server.stop();
rmSync(profile, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
