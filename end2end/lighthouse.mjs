// Lighthouse on the Overview and a symbol's page, phone and desktop, as a registered person:
//   node lighthouse.mjs [--runs 5] [--url http://127.0.0.1:3000]
// The median of the runs is printed. Performance is reported; accessibility and best practices have to be 100.
// Ends with 1 where a score is too low, with 2 where Lighthouse could not look.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium } from "playwright-core";
import { register } from "./support/account.mjs";
import { BROWSER_FLAGS, freePort, startServer } from "./support/server.mjs";

process.on("uncaughtException", (error) => {
  console.log(`lighthouse: could not look: ${error.stack}`);
  process.exit(2);
});

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" }, url: { type: "string" } } });
const pages = { Overview: "/overview", Symbol: "/symbols/AAPL" };
const metrics = {
  FCP: "first-contentful-paint", LCP: "largest-contentful-paint", SI: "speed-index", TBT: "total-blocking-time",
  CLS: "cumulative-layout-shift",
};
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

/** Tried three times: a browser on a busy machine may fail to paint in time, which says nothing of the page. */
async function steadily(what, attempt) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      console.log(`lighthouse: ${what}: try ${tries}: ${String(error).split("\n")[0]}`);
      if (tries === 3) throw error;
    }
  }
}

/** What Lighthouse says of an address; an error of its own is thrown. */
async function look(address, config) {
  const flags = { port, onlyCategories: categories, disableStorageReset: true, logLevel: "error" };
  const result = await lighthouse(server.url + address, flags, config);
  const error = result ? result.lhr.runtimeError : { code: "NO_RESULT", message: "" };
  if (error) throw new Error(`${error.code} ${error.message}`);
  return result.lhr;
}

await steadily("registering", async () => register(await context.newPage()));

let failed = 0;
for (const [name, address] of Object.entries(pages)) {
  for (const device of ["mobile", "desktop"]) {
    const scores = Object.fromEntries(categories.map((category) => [category, []]));
    const faults = new Set();
    const timings = Object.fromEntries(Object.keys(metrics).map((metric) => [metric, []]));
    for (let run = 0; run < Number(values.runs); run += 1) {
      const config = device === "desktop" ? desktopConfig : undefined;
      const report = await steadily(`${name} ${device}`, () => look(address, config));
      for (const metric of Object.keys(metrics)) timings[metric].push(report.audits[metrics[metric]].numericValue);
      for (const category of categories) {
        scores[category].push(Math.round((report.categories[category].score ?? 0) * 100));
        if (category === "performance") continue;
        for (const { id, weight } of report.categories[category].auditRefs) {
          const audit = report.audits[id];
          if (weight > 0 && audit.score !== null && audit.score < 1) faults.add(`${id}: ${audit.title}`);
        }
      }
    }
    const medians = categories.map((category) => `${category} ${median(scores[category])}`);
    const ok = categories.slice(1).every((category) => median(scores[category]) === 100);
    failed += ok ? 0 : 1;
    console.log(`lighthouse: ${name} ${device}: ${medians.join(", ")}${ok ? "" : "  FAILED"}`);
    const figure = (metric) => `${metric} ${metric === "CLS" ? median(timings.CLS).toFixed(3) : Math.round(median(timings[metric]))}`;
    console.log(`lighthouse:   ${Object.keys(metrics).map(figure).join(", ")} (ms; CLS has no unit)`);
    if (!ok) for (const fault of faults) console.log(`lighthouse:   ${fault}`);
  }
}
await context.close();
server.stop();
rmSync(profile, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
