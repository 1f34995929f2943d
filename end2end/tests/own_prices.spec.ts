// Prices of one's own: brought as a table, with and without scripts, charted, and seen by nobody else.
import { expect, join, open, test, withoutScripts } from "../support/member";

const TABLE = ["date,open,high,low,close,volume", "2024-01-02,10,11,9,10.5,100", "2024-01-03,10.5,12,10,11,x", "2024-01-04,11,12,10,11.5,90"];

test("a table of prices is read line by line, has a page with a chart, and goes away again", async ({ page, browser, baseURL }) => {
  await open(page, "/own-prices");
  await page.getByLabel("Symbol", { exact: true }).fill("myfund");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("My fund");
  await page.getByLabel("Daily prices").fill(TABLE.join("\n"));
  await page.getByRole("button", { name: "Bring prices" }).click();
  await expect(page.getByText("3 lines read: 2 stored, 0 known already, 1 refused.")).toBeVisible();
  await expect(page.getByText("Line 3: `x` is no volume")).toBeVisible();
  await page.getByRole("link", { name: "MYFUND" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("MYFUND");
  await expect(page.getByRole("region", { name: "Price chart" })).toBeVisible();
  await expect(page.locator(".symbol-quote")).toContainText("11.50");

  const stranger = await browser.newContext({ baseURL });
  const other = await stranger.newPage();
  await join(other);
  expect((await other.goto("/symbols/MYFUND"))?.status()).toBe(404);
  await stranger.close();

  await open(page, "/own-prices");
  await page.getByRole("button", { name: "Remove MYFUND" }).click();
  await expect(page.getByText("No prices of your own yet")).toBeVisible();
});

test("a table is brought with scripts switched off", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/own-prices");
    await page.getByLabel("Symbol", { exact: true }).fill("PLAIN");
    await page.getByLabel("Daily prices").fill(TABLE.join("\n"));
    await page.getByRole("button", { name: "Bring prices" }).click();
    await expect(page).toHaveURL(/\/own-prices/);
    await expect(page.getByRole("row", { name: /PLAIN/ })).toContainText("2");
  });
});

test("a symbol without prices says why and what to do", async ({ page }) => {
  await open(page, "/symbols/XLI");
  await expect(page.getByText("No prices of XLI yet")).toBeVisible();
  await expect(page.getByText(/The data that ships with this installation has no history/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Signals", exact: true })).toHaveCount(0);
});

test("on bundled data it is said why a new symbol can not be added", async ({ page }) => {
  await open(page, "/search?q=zzzzqq");
  await expect(page.getByText("No symbol matches")).toBeVisible();
  await expect(page.getByText(/bundled data, which has fixed symbols/)).toBeVisible();
});
