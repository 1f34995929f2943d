import { type Page } from "@playwright/test";
import { expect, open, test, withoutScripts } from "../support/member";

const filter = (page: Page) => page.getByRole("textbox", { name: "Screen" });
const rows = (page: Page) => page.locator("tbody tr[data-row]");
const wrong = (page: Page) => page.locator(".filter-wrong[data-wrong=true]");

test("a screen with an error in it shows the place, and a right one gives rows", async ({ page }) => {
  await open(page, "/scanner");
  await filter(page).fill("rsi14 < 70 and closs > 5 ");
  await expect(wrong(page)).toHaveText("closs");
  await expect(page.locator("#filter-says")).toHaveText("At character 16: there is no field closs; did you mean close?.");
  await filter(page).fill('rsi14 < 70 and sector = "Technology"');
  await expect(wrong(page)).toHaveCount(0);
  await filter(page).press("Escape");
  await filter(page).press("Enter");
  await expect(page).toHaveURL(/filter=rsi14/);
  await expect(rows(page).first()).toBeVisible();
  for (const sector of await page.locator("tbody tr[data-row] .cell-sub").allTextContents()) {
    expect(sector).toBe("Information Technology");
  }
  await page.getByRole("link", { name: "RSI 14" }).click();
  await expect(page).toHaveURL(/sort=rsi14/);
  const rsi = async () => (await page.locator("tbody tr[data-row] td:nth-child(5)").allTextContents()).map(Number);
  await expect.poll(async () => (await rsi()).every((value, at, all) => at === 0 || all[at - 1] >= value)).toBe(true);
});

test("the server underlines the same place where scripts do not run", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/scanner");
    await page.locator("#filter-text").fill("close > 5 and rsi < 30");
    await page.getByRole("button", { name: "Screen" }).click();
    await expect(wrong(page)).toHaveText("rsi");
    await expect(page.locator("#filter-says")).toContainText("did you mean rsi14?");
    await page.locator("#filter-text").fill("close > 5");
    await page.getByRole("button", { name: "Screen" }).click();
    await expect(rows(page).first()).toBeVisible();
    await expect(page.getByRole("link", { name: "CSV" })).toHaveAttribute("href", /format=csv/);
  });
});

test("what may come next is offered and taken with the keyboard", async ({ page }) => {
  await open(page, "/scanner");
  await filter(page).pressSequentially("rs");
  await expect(page.getByRole("option")).toHaveText([/^rsi14/]);
  await filter(page).press("ArrowDown");
  await filter(page).press("Enter");
  await expect(filter(page)).toHaveValue("rsi14 ");
  await expect(page.getByRole("option").first()).toContainText("<");
});

test.describe("a long table", () => {
  // A service worker would fetch past the answer that is laid under.
  test.use({ serviceWorkers: "block", allowedConsole: [/service worker/i] });
  const symbol = (at: number) => `ROW${String(at).padStart(3, "0")}`;
  const items = Array.from({ length: 500 }, (_, at) => ({
    symbol: symbol(at), name: `Company ${at}`, kind: "equity", sector: null, date: "2022-03-10", price: 1000 - at,
    changePercent: -1, volume: 1000, values: { rsi14: 50 }, spark: [3, 2, 1],
  }));
  const answer = {
    scan: "losers", timeframe: "daily", day: "2022-03-10", madeAt: "2022-03-10T21:00:00Z", symbols: 500, total: 500,
    columns: ["rsi14"], items,
  };

  for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
    test(`holds only rows near those one sees, down to the last, at ${viewport.width} pixels`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.route("**/api/scanner/scan*", (route) => route.fulfill({ json: answer }));
      await open(page, "/scanner");
      await page.getByRole("link", { name: "Losers" }).click();
      await expect(page.locator(".scan-count")).toContainText("500 of 500 symbols");
      const frame = page.getByRole("region", { name: "What was found" });
      await frame.evaluate((each) => each.scrollIntoView());
      expect(await rows(page).count()).toBeLessThan(200);
      const scroll = (share: number) =>
        frame.evaluate((each, share) => each.scrollTop = each.scrollHeight * share, share);
      // The first scroll measures a row; from then on there is room for all of them.
      await scroll(0.02);
      const room = () => frame.evaluate((each) =>
        each.scrollHeight / each.querySelector("tbody tr[data-row]")!.getBoundingClientRect().height);
      await expect.poll(async () => Math.abs((await room()) - 500)).toBeLessThan(10);

      const place = await scroll(0.5);
      // A few rows on: the head takes some room, and heights are whole pixels.
      await expect(rows(page).filter({ hasText: symbol(255) })).toBeInViewport();
      const now = await frame.evaluate((each) => each.scrollTop);
      expect(Math.abs(now - place), "nothing jumps").toBeLessThan(60);
      expect(await rows(page).count()).toBeLessThan(200);

      await scroll(1);
      await expect(rows(page).last()).toContainText(symbol(499));
      await expect(rows(page).last()).toBeInViewport();
      expect(await rows(page).count()).toBeLessThan(200);
    });
  }
});

test("scans, weeks and earlier sessions are links", async ({ page }) => {
  await open(page, "/scanner");
  await page.getByRole("link", { name: "Losers" }).click();
  await expect(page.getByRole("link", { name: "Losers" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("navigation", { name: "Session" }).getByRole("link", { name: "Fri 4 Mar" }).click();
  await expect(page).toHaveURL(/day=2022-03-04/);
  await expect(page.locator(".scan-count")).toContainText("4 Mar 2022");
  await page.getByRole("link", { name: "Weekly" }).click();
  await expect(page).toHaveURL(/scan=losers&timeframe=weekly/);
  await expect(rows(page).first()).toBeVisible();
});

test("a screen is kept under a name, changed and deleted", async ({ page }) => {
  await open(page, "/scanner?filter=close%20%3E%205");
  const saved = page.getByRole("region", { name: "Saved screens" });
  await saved.getByLabel("Keep this screen as").fill("Above five");
  await saved.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect(saved.getByRole("link", { name: /Above five/ })).toBeVisible();
  await page.goto("/scanner");
  await saved.getByRole("link", { name: /Above five/ }).click();
  await expect(page).toHaveURL(/filter=close/);
  await saved.getByText("Change").click();
  await saved.getByRole("button", { name: "Delete Above five" }).click();
  await expect(saved.getByRole("link", { name: /Above five/ })).toHaveCount(0);
});
