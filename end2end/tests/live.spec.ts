import { type Page } from "@playwright/test";
import { expect, open, rows, test } from "../support/member";
import { expectAccessible } from "../support/test";

type Told = { name: string; id: string; data: string };

/** Keeps everything the stream tells a page, from its first line on. */
async function listen(page: Page) {
  await page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    addEventListener("candlewick:event", (event) => told.push((event as CustomEvent).detail));
  });
}

const told = (page: Page): Promise<Told[]> => page.evaluate(() => (window as unknown as { told: Told[] }).told);
const kinds = async (page: Page, name: string) => (await told(page)).filter((each) => each.name === name);

test.describe("a cut connection", () => {
  test.use({ allowedConsole: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/] });
  test.describe.configure({ timeout: 120_000 });

  test("shows Reconnecting, comes back by itself and has missed nothing", async ({ page, browser, context, baseURL }) => {
    // The same person looks on a second browser, whose connection holds.
    const other = await browser.newContext({ baseURL, storageState: await context.storageState() });
    const unbroken = await other.newPage();
    try {
      for (const each of [unbroken, page]) {
        await listen(each);
        await open(each, "/overview");
        await expect(rows(each)).toHaveCount(6);
        await expect.poll(async () => (await kinds(each, "quote")).length, { timeout: 20_000 }).toBeGreaterThan(6);
      }
      const dot = page.locator("details.live");
      await expect(dot).toHaveAttribute("data-live", "simulated");

      await context.setOffline(true);
      await expect(dot).toHaveAttribute("data-live", "reconnecting");
      await expect(dot).toContainText("Reconnecting");
      const from = (await told(page)).at(-1)!.id;
      const cut = (await told(unbroken)).length;
      await expect.poll(async () => (await told(unbroken)).length, { timeout: 20_000 }).toBeGreaterThan(cut + 20);

      await context.setOffline(false);
      await expect(dot).toHaveAttribute("data-live", "simulated", { timeout: 30_000 });
      const missed = (await told(unbroken)).slice(cut).map(({ id }) => id);
      expect(missed.length).toBeGreaterThan(20);
      await expect.poll(async () => {
        const had = new Set((await told(page)).map(({ id }) => id));
        return missed.filter((id) => id !== from && !had.has(id));
      }, { timeout: 20_000 }).toEqual([]);
      expect(await kinds(page, "resync"), "continued, not begun again").toEqual([]);
    } finally {
      await other.close();
    }
  });
});

test("the dot says on every page what is true there", async ({ page }) => {
  await open(page, "/settings");
  const dot = page.locator("details.live");
  await expect(dot).toHaveAttribute("data-live", "connected", { timeout: 20_000 });
  await dot.locator("summary").click();
  await expect(dot).toContainText("Nothing on this page has a live price");
  await page.mouse.click(400, 500);
  await expect(dot.locator(".menu-panel"), "a click elsewhere closes it").toBeHidden();
});

/** Tells a page an event as the stream does. */
const tell = (page: Page, name: string, data: object) =>
  page.evaluate(
    ([name, data]) => window.dispatchEvent(new CustomEvent("candlewick:event", { detail: { name, data } })),
    [name, JSON.stringify(data)] as const,
  );

test.describe("with nothing but what a test tells", () => {
  // Without the stream nobody else moves these figures; a service worker would fetch past what is laid under.
  test.use({ serviceWorkers: "block", allowedConsole: [/\/api\/live|net::ERR_FAILED|service worker/i] });
  test.beforeEach(({ page }) => page.route("**/api/live*", (route) => route.abort()));

  const indicators = (symbol: string, rsi: number, action: string, text: string) => ({
    symbol, rsi, badge: { action, text, rsi, strength: 40 }, sma20: null, sma50: null, macd: null,
    timestamp: "2022-03-10T21:00:00Z", simulated: true,
  });

  test("indicators that change move the badge of their symbol alone, on the dashboard", async ({ page }) => {
    await open(page, "/overview");
    const row = (symbol: string) => page.locator(`tr[data-symbol="${symbol}"]`);
    const before = await row("MSFT").locator(".badge-row").textContent();
    await tell(page, "indicator", indicators("AAPL", 88, "SELL", "SELL (Overbought)"));
    await expect(row("AAPL").locator(".badge-rsi")).toHaveText("RSI 88");
    await expect(row("AAPL").locator(".badge")).toHaveText("SELL (Overbought)");
    await expect(row("AAPL").locator(".badge")).toHaveAttribute("data-tone", "down");
    expect(await row("MSFT").locator(".badge-row").textContent()).toBe(before);
  });

  test("indicators that change move the badge on the page of their symbol", async ({ page }) => {
    await open(page, "/symbols/AAPL");
    const head = page.locator(".symbol-signal");
    await expect(head.locator(".badge")).toBeVisible();
    await tell(page, "indicator", indicators("MSFT", 88, "SELL", "SELL (Overbought)"));
    await expect(head.locator(".badge-rsi")).not.toHaveText("RSI 88");
    await tell(page, "indicator", indicators("AAPL", 12, "BUY", "BUY (Oversold)"));
    await expect(head.locator(".badge-rsi")).toHaveText("RSI 12");
    await expect(head.locator(".badge")).toHaveText("BUY (Oversold)");
    await expect(head.locator(".badge")).toHaveAttribute("data-tone", "up");
  });

  const signal = (symbol: string, action: string, reason: string) => ({
    symbol, time: "2022-03-10T20:30:00Z", kind: "rsi", action, strength: 40, reason, barsUsed: 15, simulated: true,
  });

  test("a signal that fires stands on top of those of its symbol, once", async ({ page }) => {
    await open(page, "/symbols/AAPL");
    const list = page.getByRole("region", { name: "Signals", exact: true }).getByRole("listitem");
    const before = await list.allTextContents();
    expect(before.length).toBeGreaterThan(1);
    await tell(page, "signal", signal("MSFT", "SELL", "RSI 14 rose to 99.99, above 70"));
    await tell(page, "signal", signal("AAPL", "BUY", "RSI 14 fell to 1.2, below 30"));
    await expect(list.first()).toContainText("RSI 14 fell to 1.2, below 30");
    await expect(list.first().locator(".part-name")).toHaveText("BUY");
    await expect(list.first().locator(".part-name")).toHaveAttribute("data-trend", "up");
    await expect(list.first().locator("time")).toHaveText("10 Mar 2022 15:30 New York, simulated");
    await expect(list.nth(1)).toHaveText(before[0]);
    await expect(list.filter({ hasText: "99.99" }), "not that of another symbol").toHaveCount(0);

    await tell(page, "signal", signal("AAPL", "BUY", "RSI 14 fell to 1.2, below 30"));
    const again = page.waitForResponse("**/api/pages/symbol*");
    await tell(page, "resync", { reason: "a test" });
    await again;
    await expect(list.nth(1)).toHaveText(before[0]);
    await expect(list.filter({ hasText: "fell to 1.2" })).toHaveCount(1);
    await expect(list.first()).toContainText("RSI 14 fell to 1.2, below 30");
  });

  test("a signal that fires is announced on every page, and several together", async ({ page }) => {
    await open(page, "/settings");
    await expect(page.locator(".toasts")).toHaveAttribute("aria-live", "polite");
    const toast = page.locator(".toast");
    await tell(page, "signal", signal("AAPL", "BUY", "RSI 14 fell to 1.2, below 30"));
    await toast.hover(); // who points at it keeps it
    await expect(toast).toContainText("Buy signal: AAPL");
    await expect(toast).toContainText("RSI 14 fell to 1.2, below 30, simulated");
    await expect(toast).toHaveAttribute("data-trend", "up");
    await expect(toast.getByRole("link", { name: "AAPL" })).toHaveAttribute("href", "/symbols/AAPL");

    // What fires while a message stands waits for the next, also when that one is closed.
    for (const [symbol, action] of [["AAPL", "SELL"], ["MSFT", "BUY"], ["TSLA", "BUY"]] as const) {
      await tell(page, "signal", signal(symbol, action, "RSI 14 crossed a line"));
    }
    await expect(toast).toContainText("Buy signal: AAPL");
    await toast.getByRole("button", { name: "Dismiss" }).click();
    await expect(toast).toHaveCount(0);
    await expect(toast).toContainText("3 signals: AAPL, MSFT, TSLA", { timeout: 20_000 });
    await toast.hover();
    await expect(toast).toHaveCount(1);
    await expectAccessible(page);
    await toast.getByRole("link", { name: "MSFT" }).click();
    await expect(page).toHaveURL(/\/symbols\/MSFT$/);
  });

  test("a new forecast takes the place of the old one", async ({ page }) => {
    let asked = 0;
    await page.route("**/api/pages/forecast*", async (route) => {
      asked += 1;
      const answer = await route.fetch();
      const outlook = await answer.json();
      outlook.sheet.prediction.bullishScore = 97;
      outlook.sheet.prediction.mediumTerm.targetPrice = 1234.56;
      await route.fulfill({ response: answer, json: outlook });
    });
    await open(page, "/symbols/AAPL");
    const targets = page.getByRole("region", { name: /^Forecast/ }).locator(".target");
    await expect(targets).toHaveCount(4);
    const before = await targets.allTextContents();
    const target = { targetPrice: 1, change: 0, trend: "Sideways", low80: 1, high80: 1 };
    const prediction = {
      currentPrice: 1, asOf: "2022-03-10", model: "random-walk", modelVersion: null, shortTerm: target, mediumTerm: target,
      longTerm: target, bullishScore: 97, skill: [],
    };
    await tell(page, "prediction", { symbol: "MSFT", ...prediction });
    expect(await targets.allTextContents()).toEqual(before);
    expect(asked, "nobody asks because of another symbol").toBe(0);
    await tell(page, "prediction", { symbol: "AAPL", ...prediction });
    await expect(targets.last().locator(".target-price")).toHaveText("97");
    await expect(targets.nth(1)).toContainText("1,234.56");
    await expect(targets.first()).toHaveText(before[0]);
  });
});
