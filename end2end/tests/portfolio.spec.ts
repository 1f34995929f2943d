import { type Page } from "@playwright/test";
import { expect, open, test, withoutScripts } from "../support/member";

const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"] .kpi-value`);

async function create(page: Page, name: string) {
  await open(page, "/portfolios");
  const form = page.getByRole("region", { name: "A new portfolio" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Currency").fill("USD");
  await form.getByRole("button", { name: "Create portfolio" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Portfolio", exact: true }).getByRole("link", { name, exact: true });

async function add(page: Page, quantity: string) {
  const form = page.getByRole("region", { name: "Add a transaction" });
  await form.getByLabel("Symbol").fill("AAPL");
  await form.getByLabel("Date").fill("2021-01-04");
  await form.getByLabel("Quantity").fill(quantity);
  await form.getByLabel("Price").fill("100");
  await form.getByLabel("Fee").fill("1");
  await form.getByLabel("Fee").press("Enter");
}

// Apple closed at 158.52 on 10 March 2022: ten shares are 1,585.20, twenty 3,170.40.
test("what is entered is worth its close, and an edit shows in every figure and in other tabs", async ({ page, context }) => {
  await create(page, "Long term");
  await expect(page.getByText("Nothing in it yet")).toBeVisible();
  await tab(page, "Transactions").click();
  await add(page, "10");
  await expect(page.getByRole("row", { name: /4 Jan 2021/ })).toHaveCount(1);
  await tab(page, "Overview").click();
  await expect(figure(page, "Value")).toHaveText("$1,585.20");
  await expect(figure(page, "NetGain")).toHaveText("+$584.20");
  await expect(figure(page, "DayChange")).toHaveText("-$44.30");

  const other = await context.newPage();
  await open(other, new URL(page.url()).pathname);
  await expect(figure(other, "Value")).toHaveText("$1,585.20");

  await tab(page, "Transactions").click();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  const form = page.getByRole("region", { name: "Edit the transaction" });
  await form.getByLabel("Quantity").fill("20");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toHaveCount(0);
  await expect(figure(other, "Value"), "the other tab follows").toHaveText("$3,170.40");
  await tab(page, "Holdings").click();
  const row = page.locator('tr[data-symbol="AAPL"]');
  await expect(row).toContainText("$3,170.40");
  await expect(page.locator(".table-total")).toContainText("$3,170.40");
  await page.getByRole("link", { name: "Cost" }).click();
  await expect(page).toHaveURL(/sort=cost/);
  await expect(page.getByRole("columnheader", { name: "Cost" })).toHaveAttribute("aria-sort", "descending");

  for (const [name, heading] of [["Performance", "Where it comes from"], ["Risk", "How much it sways"], ["Check-up", "Your limits"]]) {
    await tab(page, name).click();
    await expect(page.getByRole("heading", { name: new RegExp(heading) })).toBeVisible();
  }
});

test("a newcomer is offered a sample, which is marked as one on every page", async ({ page }) => {
  await open(page, "/overview");
  await page.getByRole("button", { name: "Show me a sample" }).click();
  await expect(page.getByRole("heading", { name: "Sample portfolio" })).toBeVisible();
  for (const name of ["Overview", "Holdings", "Transactions", "Performance", "Risk", "Check-up", "Details"]) {
    await tab(page, name).click();
    await expect(page.locator(".portfolio-sample")).toHaveText("Sample");
  }
  await tab(page, "Overview").click();
  await page.locator('[data-figure="Twr"] a.tooltip-button').click();
  await expect(page).toHaveURL(/\/how#twr$/);
  await expect(page.locator("#twr")).toBeInViewport();
});

// As Ghostfolio exports it: ten shares of Apple and a dividend of 2.05.
const activity = (type: string, date: string, unitPrice: number, fee: number) => ({
  accountId: "1", comment: null, fee, quantity: 10, type, unitPrice, currency: "USD", dataSource: "YAHOO",
  date: `${date}T00:00:00.000Z`, symbol: "AAPL",
});
const GHOSTFOLIO = JSON.stringify({
  meta: { date: "2022-03-10T00:00:00.000Z", version: "2.0.0" },
  activities: [activity("BUY", "2021-01-04", 100, 1), activity("DIVIDEND", "2021-02-05", 0.205, 0)],
});

test("a Ghostfolio file is looked at, taken, and makes figures that follow an edit", async ({ page }) => {
  await create(page, "From Ghostfolio");
  await page.getByRole("link", { name: "Import a file" }).click();
  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: "ghostfolio.json", mimeType: "application/json", buffer: Buffer.from(GHOSTFOLIO),
  });
  await expect(page.getByLabel("Or paste what is in it")).toHaveValue(GHOSTFOLIO);
  await page.getByRole("button", { name: "Look at it" }).click();
  await expect(page.getByText("2 rows will be added.")).toBeVisible();
  await page.getByRole("button", { name: "Import 2 transactions" }).click();
  await expect(figure(page, "Value")).toHaveText("$1,585.20");
  await expect(figure(page, "Dividends")).toHaveText("$2.05");
  await tab(page, "Transactions").click();
  await page.getByRole("row", { name: /4 Jan 2021/ }).getByRole("link", { name: "Edit", exact: true }).click();
  const form = page.getByRole("region", { name: "Edit the transaction" });
  await form.getByLabel("Quantity").fill("20");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toHaveCount(0);
  await tab(page, "Overview").click();
  await expect(figure(page, "Value")).toHaveText("$3,170.40");
});

test("portfolios work without scripts", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/portfolios");
    const form = page.getByRole("region", { name: "A new portfolio" });
    await form.getByLabel("Name").fill("Plain");
    await form.getByLabel("Currency").fill("USD");
    await form.getByRole("button", { name: "Create portfolio" }).click();
    await tab(page, "Transactions").click();
    await add(page, "-1");
    await expect(page.getByText("must not be negative")).toBeVisible();
    await add(page, "10");
    await expect(page.getByRole("row", { name: /4 Jan 2021/ })).toHaveCount(1);
    await tab(page, "Overview").click();
    await expect(figure(page, "Value")).toHaveText("$1,585.20");
    await expect(page.locator(".chart-picture svg").first()).toBeVisible();
  });
});
