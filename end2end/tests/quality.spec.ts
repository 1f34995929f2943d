// Data quality: an operator collects, sees scores and holes, decides about what was kept out.
import AxeBuilder from "@axe-core/playwright";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, open, test } from "../support/operator";

const DATABASE = join(process.env.CANDLEWICK_E2E_DATA ?? "", "candlewick.db");

/** Says something to the server's database, as another process does. */
const sql = (text: string) =>
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", DATABASE, text], { encoding: "utf8" }).trim();

/** A moment as the database keeps it. */
const moment = (ms: number) => new Date(ms).toISOString().replace("Z", "+00:00");

const blob = (id: string) => `x'${id.replaceAll("-", "")}'`;

test("an operator collects a source and sees its scores and its run", async ({ page }) => {
  await open(page, "/operations/quality");
  const runs = page.getByRole("region", { name: "Runs" });
  await page.getByRole("button", { name: "Economy" }).click();
  await expect(page.getByText("Queued.")).toBeVisible();
  await expect(runs.getByRole("row").filter({ hasText: "Economy" }).first()).toContainText("Done", { timeout: 20_000 });
  const card = page.getByRole("region", { name: "Economy" });
  await expect(card.getByText("Accuracy")).toBeVisible();
  await expect(card.getByText("100 %").first()).toBeVisible();
  await expect(page.locator(".progress-line", { hasText: "Economy" }), "nothing is under way any more").toHaveCount(0);
});

test("a collection that waits is shown, moves as it tells of itself, and is gone when it has ended", async ({ page }) => {
  const [id, now, later] = [randomUUID(), moment(Date.now()), moment(Date.now() + 3_600_000)];
  sql(`insert into jobs (id, queue, kind, payload, state, max_attempts, errors, run_at, created_at, changed_at)
    values (${blob(id)}, 'market_data', 'run_etl', '{"source":"trends","symbols":null,"manual":true}', 'queued', 1, '[]',
      '${later}', '${now}', '${now}');`);
  await open(page, "/operations/quality");
  const line = page.locator(".progress-line", { hasText: "Search interest" });
  await expect(line).toHaveText("0 % · Search interest: waits for its turn");

  const tell = (state: string, percent: number, step: string) =>
    page.evaluate(
      (data) => window.dispatchEvent(new CustomEvent("candlewick:event", { detail: { name: "job", data } })),
      JSON.stringify({ id, queue: "market_data", kind: "run_etl", state, percent, step }),
    );
  await tell("running", 40, "Search interest: recession");
  await expect(line).toHaveText("40 % · Search interest: recession");
  await expect(line.locator("progress")).toHaveJSProperty("value", 40);

  sql(`update jobs set state = 'done', finished_at = '${now}', changed_at = '${now}' where id = ${blob(id)};`);
  await tell("done", 100, "");
  await expect(line).toHaveCount(0);
});

test("a record kept out is stored once it is accepted, gone once it is rejected, and counted no more", async ({ page }) => {
  // Saturdays without a bar, others each time.
  const saturday = (week: number) => new Date(Date.UTC(2010, 0, 9 + 7 * week)).toISOString().slice(0, 10);
  const week = Math.floor(Math.random() * 25);
  const [accepted, rejected] = [saturday(week), saturday(week + 25)];
  const quarantine = page.getByRole("region", { name: "Quarantine" });
  const count = async () => Number(/\d+/.exec((await quarantine.locator(".card-head .num").textContent()) ?? "")?.[0]);
  await open(page, "/operations/quality");
  const before = await count();
  for (const date of [accepted, rejected]) {
    const raw = { time: `${date}T00:00:00Z`, open: null, high: null, low: null, close: 11, adjClose: 11, volume: null };
    sql(`insert into quarantine (id, source, provider, subject, span, at, rule, reason, raw, created_at)
      values (${blob(randomUUID())}, 'prices', 'bundled', 'PFE', '1d', '${date}T00:00:00+00:00', 'jump', 'for a test',
        '${JSON.stringify(raw)}', '${moment(Date.now())}');`);
  }
  const stored = (date: string) =>
    sql(`select count(*) from bars where symbol = 'PFE' and interval = '1d' and time = ${Date.parse(date) / 1000};`);
  const held = (date: string) => quarantine.getByRole("listitem").filter({ hasText: `time ${date}` });

  await open(page, "/operations/quality");
  expect(await count()).toBe(before + 2);
  await held(accepted).getByRole("button", { name: "Accept" }).click();
  await expect(page.getByText("Decided.")).toBeVisible();
  await expect(held(accepted)).toHaveCount(0);
  expect(await count()).toBe(before + 1);
  expect(stored(accepted)).toBe("1");

  await held(rejected).getByRole("button", { name: "Reject" }).click();
  await expect(held(rejected)).toHaveCount(0);
  expect(await count()).toBe(before);
  expect(stored(rejected)).toBe("0");
});

test("the hole that the bundled data is known for is shown", async ({ page }) => {
  await open(page, "/operations/quality");
  const holes = page.getByRole("region", { name: "Holes against the calendar" });
  await expect(holes.getByRole("row").filter({ hasText: "TSLA" })).toContainText("2 Jan 2019");
});

test("the page is usable by keyboard and screen reader", async ({ page }) => {
  await open(page, "/operations/quality");
  await expect(page.getByRole("heading", { name: "Quarantine" })).toBeVisible();
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations).toEqual([]);
});
