import { expect, open, test, withoutScripts } from "../support/member";
import type { Page } from "@playwright/test";

const rows = (page: Page) => page.locator("table", { hasText: "Volatility" }).locator("tbody tr");
const chosen = (page: Page) => page.getByRole("list", { name: "Compared with" });

test("from its page a symbol is compared with the market, and with one more", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await expect(page).toHaveURL(/\/symbols\/AAPL\/compare\?with=(%5E|\^)GSPC&range=1y$/);
  await expect(page).toHaveTitle("AAPL compared · Candlewick");
  await expect(rows(page)).toHaveCount(2);
  await expect(page.locator("#comparison .chart-canvas canvas")).toBeVisible();
  await expect(page.locator("#comparison-legend")).toContainText("^GSPC");
  await page.getByRole("textbox", { name: "One more symbol" }).fill("msft");
  await page.getByRole("textbox", { name: "One more symbol" }).press("Enter");
  await expect(rows(page)).toHaveCount(3);
  await expect(chosen(page)).toContainText("MSFT");
  await page.getByRole("link", { name: "Take ^GSPC out" }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(chosen(page)).not.toContainText("GSPC");
  await page.getByRole("navigation", { name: "Range" }).getByRole("link", { name: "5Y" }).click();
  await expect(page).toHaveURL(/with=MSFT&range=5y/);
  await expect(page.getByRole("heading", { name: "Change since 10 Mar 2017" })).toBeVisible();
});

// Closes of 10 March 2021 and 2022 in the bundled files: AAPL 119.98 and 158.52, ^GSPC 3,898.81 and 4,259.52.
test("a comparison is whole with scripts switched off", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/symbols/AAPL/compare?with=%5EGSPC&range=1y");
    await expect(page.getByRole("heading", { name: "Change since 10 Mar 2021" })).toBeVisible();
    await expect(page.locator("#comparison > .chart-picture > svg")).toBeVisible();
    await expect(page.locator("#comparison")).toHaveAttribute(
      "aria-label",
      "From 10 Mar 2021 to 10 Mar 2022: AAPL +32.12 %, ^GSPC +9.25 %.",
    );
    await expect(rows(page).nth(0)).toContainText("+32.12%");
    await expect(rows(page).nth(1)).toContainText("+9.25%");
    // The bundled prices of SPY end in 2018.
    await page.goto("/symbols/AAPL/compare?with=%5EGSPC,SPY&range=1y");
    await expect(page.getByText("SPY has no prices since 10 Mar 2021.")).toBeVisible();
    await page.getByRole("link", { name: "Take SPY out" }).click();
    await page.getByRole("link", { name: "Add NVDA" }).click();
    await expect(rows(page)).toHaveCount(3);
    await page.getByRole("textbox", { name: "One more symbol" }).fill("zzzzqq");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("ZZZZQQ is not known here");
    await expect(rows(page)).toHaveCount(3);
    await page.getByRole("textbox", { name: "One more symbol" }).fill("no symbol");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("“no symbol” is no symbol");
    const answer = await page.goto("/symbols/ZZZZQQ/compare");
    expect(answer!.status()).toBe(404);
  });
});
