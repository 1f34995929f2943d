// Indicators of the price chart: chosen, changed by slider and number, kept per user, and all of it without scripts too.
import type { Page } from "@playwright/test";
import { drawn, takenOver } from "../support/chart";
import { expect, join, open, test, withoutScripts } from "../support/member";
import { expectAccessible } from "../support/test";

const legend = "#price-chart-legend";
const menu = (page: Page) => page.locator(".chart-menu > summary");
const KEPT = "**/api/layouts/keep";

/** Waits until what was changed is kept on the server. */
async function kept(page: Page, change: () => Promise<void>) {
  const answer = page.waitForResponse(KEPT);
  await change();
  expect((await answer).status()).toBe(200);
}

test("a slider redraws its line and its legend at every move, and asks nobody", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await takenOver(page);
  await menu(page).click();
  const slider = page.getByLabel("SMA period, slider").first();
  await expect(page.locator(legend)).toContainText("SMA 50");
  const value = () => page.locator(legend).getByText(/^SMA \d+ /).first().textContent();
  const before = await value();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await slider.fill("33");
  await expect(page.locator(legend)).toContainText("SMA 33");
  expect(await value()).not.toBe(before);
  await expect.poll(async () => (await drawn(page)).series).toContain("0-SMA 33");
  await expect(page.getByLabel("SMA period", { exact: true }).first()).toHaveValue("33");
  for (let period = 34; period < 60; period += 1) await slider.fill(String(period));
  await expect.poll(async () => (await drawn(page)).series).toContain("0-SMA 59");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(legend)).toContainText("SMA 60");
  expect(asked.filter((url) => !/\/api\/(live|layouts)/.test(url)), "nobody is asked").toEqual([]);
  expect(asked.filter((url) => /layouts/.test(url)).length, "kept once it rests").toBeLessThan(3);
});

test("an indicator is added with a pane of its own, changed by number and removed, by keyboard", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await takenOver(page);
  await menu(page).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Add an indicator").focus();
  await page.getByLabel("Add an indicator").selectOption("stochastic");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await drawn(page)).series).toContain("3-%K");
  await expect(page.locator(legend)).toContainText("%D");
  await page.getByLabel("Stochastic period", { exact: true }).fill("21");
  await expect(page.locator("[data-study=stochastic]")).toContainText("Stochastic 21 3 3");
  await expectAccessible(page);
  for (const each of ["ichimoku", "sar", "keltner", "donchian", "vwap", "bollinger"]) {
    await page.getByLabel("Add an indicator").selectOption(each);
    await page.getByRole("button", { name: "Add", exact: true }).click();
  }
  await expect.poll(async () => (await drawn(page)).series).toEqual(
    expect.arrayContaining(["0-Ichimoku 9 26 52 cloud", "0-SAR 0.02 0.2", "0-Keltner 20 10 2", "0-Donchian 20", "0-VWAP"]),
  );
  await page.getByRole("button", { name: "Remove Stochastic 21 3 3" }).press("Enter");
  await expect.poll(async () => (await drawn(page)).series).not.toContain("3-%K");
});

test("a layout survives a reload, a symbol may differ, and another user has their own", async ({ page, browser, baseURL }) => {
  await open(page, "/symbols/AAPL");
  await takenOver(page);
  await menu(page).click();
  await kept(page, () => page.getByLabel("RSI period, slider").fill("7"));
  await page.reload();
  await takenOver(page);
  await expect(page.locator(legend)).toContainText("RSI 7");
  await open(page, "/symbols/MSFT");
  await takenOver(page);
  await expect(page.locator(legend)).toContainText("RSI 7");
  await menu(page).click();
  await kept(page, () => page.getByRole("button", { name: "Keep for MSFT only" }).click());
  await expect(page.getByText("Your layout for MSFT alone.")).toBeVisible();
  await kept(page, () => page.getByLabel("RSI period, slider").fill("21"));
  await open(page, "/symbols/AAPL");
  await takenOver(page);
  await expect(page.locator(legend)).toContainText("RSI 7");
  await open(page, "/symbols/MSFT");
  await takenOver(page);
  await expect(page.locator(legend)).toContainText("RSI 21");
  await menu(page).click();
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page.locator(legend)).toContainText("RSI 7");
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page.locator(legend)).toContainText("RSI 14");

  const context = await browser.newContext({ baseURL });
  const other = await context.newPage();
  await join(other);
  await open(other, "/symbols/AAPL");
  await takenOver(other);
  await expect(other.locator(legend)).toContainText("RSI 14");
  await context.close();
});

test("without scripts the address chooses the indicators and the server paints them", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/symbols/AAPL");
    const picture = page.locator("#price-chart .chart-picture > svg");
    await expect(picture).toContainText("RSI 14");
    await menu(page).click();
    await page.getByLabel("RSI period", { exact: true }).fill("9");
    await page.getByLabel("Add an indicator").selectOption("cci");
    await page.getByRole("button", { name: "Add or apply" }).click();
    await expect(page).toHaveURL(/add=cci/);
    await expect(picture).toContainText("RSI 9");
    await expect(picture).toContainText("CCI 20");
    await menu(page).click();
    await page.getByRole("button", { name: "Keep for every symbol" }).click();
    await page.goto("/symbols/MSFT");
    await expect(picture).toContainText("CCI 20");
    await menu(page).click();
    await page.getByRole("button", { name: "Remove CCI 20" }).click();
    await expect(picture).not.toContainText("CCI 20");
  });
});

test("a figure leads to how it is made, and that can be searched", async ({ page }) => {
  await open(page, "/overview");
  await page.locator(".kpi a.tooltip-button").first().click();
  await expect(page).toHaveURL(/\/how#/);
  await page.goto("/how#rsi");
  await expect(page.locator("#rsi")).toBeInViewport();
  await expect(page.locator("#rsi")).toContainText("100 * gain / (gain + loss)");
  await expectAccessible(page);
  await page.getByLabel("Find a figure").fill("wilder range");
  await expect(page.locator("#atr")).toBeVisible();
  await expect(page.locator("#macd")).toHaveCount(0);
  await page.getByLabel("Find a figure").fill("nothing answers");
  await expect(page.getByText("No figure answers to that")).toBeVisible();
});
