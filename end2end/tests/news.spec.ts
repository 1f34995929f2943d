import { expect, open, test, withoutScripts } from "../support/member";
import type { Page } from "@playwright/test";

const items = (page: Page) => page.locator(".news-item");

test("headlines are filtered by mood and by words, and the address says so", async ({ page }) => {
  await open(page, "/symbols/AAPL/news");
  await expect(items(page)).toHaveCount(10);
  await page.locator("label.segment", { hasText: "Negative" }).click();
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page).toHaveURL(/label=Negative/);
  const moods = page.locator(".news-item .mood");
  await expect(moods.first()).toHaveAttribute("data-trend", "down");
  const negative = await moods.count();
  expect(negative).toBeLessThan(10);
  await expect(page.locator('.news-item .mood[data-trend="down"]')).toHaveCount(negative);
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(items(page)).toHaveCount(10);
  await page.getByRole("searchbox", { name: "Words" }).fill("PHONE demand");
  await page.getByRole("searchbox", { name: "Words" }).press("Enter");
  await expect(items(page)).toHaveCount(1);
  await expect(items(page)).toContainText("Apple bulls cheer a strong week for phone demand");
  await page.getByRole("searchbox", { name: "Words" }).fill("nothing like it");
  await page.getByRole("searchbox", { name: "Words" }).press("Enter");
  await expect(page.getByText("No headline matches")).toBeVisible();
});

test("all news are told page by page, filtered by symbol, with scripts switched off", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/news");
    await expect(page.getByRole("img", { name: /Mood of headlines about S&P 500/ })).toBeVisible();
    const first = await items(page).allTextContents();
    expect(first).toHaveLength(20);
    await page.getByRole("link", { name: "Older headlines" }).click();
    await expect(page).toHaveURL(/after=/);
    const second = await items(page).allTextContents();
    expect(second.filter((each) => first.includes(each))).toEqual([]);
    await page.getByRole("link", { name: "Newest" }).click();
    expect(await items(page).allTextContents()).toEqual(first);
    await page.getByRole("textbox", { name: "Symbol", exact: true }).fill("tsla");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page).toHaveURL(/symbol=tsla/i);
    await expect(items(page)).toHaveCount(10);
    await expect(page.locator(".news-item .news-meta a").first()).toHaveText("TSLA");
    await expect(page.locator(".news-item .sample")).toHaveCount(10);
  });
});

test("a mood that changes is shown without a reload", async ({ page }) => {
  await open(page, "/symbols/AAPL/news");
  const mood = page.locator(".news-mood");
  const chip = mood.locator(".mood");
  await expect(chip).toBeVisible();
  const tell = (symbol: string, score: number) =>
    page.evaluate(
      ([symbol, score]) => {
        const data = JSON.stringify({ symbol, sentiment: "Negative", score, count: 7, analyser: "vader", timestamp: "2022-03-10T21:00:00Z" });
        window.dispatchEvent(new CustomEvent("candlewick:event", { detail: { name: "sentiment", data } }));
      },
      [symbol, score] as const,
    );
  await tell("MSFT", -0.99);
  await expect(mood).not.toContainText("0.99");
  await tell("AAPL", -0.87);
  await expect(chip).toContainText("0.87");
  await expect(chip).toHaveAttribute("data-trend", "down");
  await expect(mood).toContainText("over 7 headlines, by VADER");
});

test.describe("where nobody is known", () => {
  test.use({ allowedConsole: [/status of 404/] });

  test("the news of a symbol nobody knows are not found", async ({ page }) => {
    const answer = await page.goto("/symbols/ZZZZQQ/news");
    expect(answer?.status()).toBe(404);
  });
});

test("the rail leads to the news", async ({ page }) => {
  await open(page, "/overview");
  await page.getByRole("link", { name: "News", exact: true }).first().click();
  await expect(page).toHaveURL(/\/news$/);
  await expect(page.getByRole("heading", { level: 1, name: "News" })).toBeVisible();
});
