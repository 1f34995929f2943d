import { type Page } from "@playwright/test";
import { expect, open, test, withoutScripts } from "../support/member";
import { expectAccessible } from "../support/test";

const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"] .kpi-value`);
const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Portfolio", exact: true }).getByRole("link", { name, exact: true });

async function create(page: Page, name: string) {
  await open(page, "/portfolios");
  const form = page.getByRole("region", { name: "A new portfolio" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Currency").fill("USD");
  await form.getByRole("button", { name: "Create portfolio" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

// As Ghostfolio exports it: 73 shares of Apple, which closed at 158.52 on 10 March 2022: 11,571.96.
const GHOSTFOLIO = JSON.stringify({
  meta: { date: "2022-03-10T00:00:00.000Z", version: "2.0.0" },
  activities: [{
    accountId: "1", comment: null, fee: 1, quantity: 73, type: "BUY", unitPrice: 100, currency: "USD", dataSource: "YAHOO",
    date: "2021-01-04T00:00:00.000Z", symbol: "AAPL",
  }],
});

test("imported, edited, reported as PDF, shared, read by a stranger, taken back", async ({ page, browser }) => {
  await create(page, "Family fund");
  await page.getByRole("link", { name: "Import a file" }).click();
  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: "ghostfolio.json", mimeType: "application/json", buffer: Buffer.from(GHOSTFOLIO),
  });
  await page.getByRole("button", { name: "Look at it" }).click();
  await page.getByRole("button", { name: "Import 1 transaction" }).click();
  await expect(figure(page, "Value")).toHaveText("$11,571.96");
  await tab(page, "Transactions").click();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  const form = page.getByRole("region", { name: "Edit the transaction" });
  await form.getByLabel("Quantity").fill("37");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toHaveCount(0);
  await tab(page, "Overview").click();
  await expect(figure(page, "Value")).toHaveText("$5,865.24");
  const place = new URL(page.url()).pathname;

  await open(page, "/reports");
  const make = page.getByRole("region", { name: "Make one now" });
  await make.getByLabel("About").selectOption("Family fund");
  await make.getByRole("button", { name: "Make report" }).click();
  const report = page.locator(".report");
  await expect(report.getByRole("heading", { name: "Family fund" })).toBeVisible();
  await expect(report).toContainText("5,865.24");
  const pdf = await page.request.get((await report.getByRole("link", { name: "Download PDF" }).getAttribute("href"))!);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");

  await open(page, place);
  await tab(page, "Share").click();
  await expect(page.getByText("Nothing is shared")).toBeVisible();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.locator(".secret code").innerText();
  expect(link).toMatch(/\/r\/[\w-]{43}$/);
  await expect(page.getByText("never opened")).toBeVisible();

  const stranger = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const path = new URL(link).pathname;
  expect((await stranger.goto(path))!.status()).toBe(200);
  await expect(stranger.getByRole("heading", { name: "Family fund" })).toBeVisible();
  await expect(stranger.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  await expect(stranger.locator(".shared-chart svg").first()).toBeVisible();
  const words = await stranger.locator("body").innerText();
  expect(words).toContain("AAPL");
  expect(words, "amounts are hidden").not.toMatch(/5,865|\b37\b/);
  const picture = await stranger.request.get(`${path}/preview.png`);
  expect(picture.headers()["content-type"]).toBe("image/png");

  await page.reload();
  await expect(page.getByText("opened once")).toBeVisible();
  const overview = page.url();
  await page.goto(path);
  await expectAccessible(page);
  await page.goto(overview);
  await page.getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("taken back")).toBeVisible();
  expect((await stranger.goto(path))!.status()).toBe(404);
  await expect(stranger.getByRole("heading", { name: "There is no page here" })).toBeVisible();
});

test("a link is made and opened with a password, all without scripts", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/portfolios");
    const form = page.getByRole("region", { name: "A new portfolio" });
    await form.getByLabel("Name").fill("Plain");
    await form.getByLabel("Currency").fill("USD");
    await form.getByRole("button", { name: "Create portfolio" }).click();
    await tab(page, "Share").click();
    await page.getByLabel("Password").fill("open sesame");
    await page.getByRole("button", { name: "Make a link" }).click();
    const link = await page.locator(".secret code").innerText();
    await page.reload();
    await expect(page.locator(".secret"), "it is shown once").toHaveCount(0);
    await page.goto(new URL(link).pathname);
    await expect(page.getByRole("heading", { name: "This page asks for a password" })).toBeVisible();
    await page.getByLabel("Password").fill("open says me");
    await page.getByRole("button", { name: "Open" }).click();
    await expect(page.getByRole("alert")).toHaveText("That is not the password.");
    await page.getByLabel("Password").fill("open sesame");
    await page.getByRole("button", { name: "Open" }).click();
    await expect(page.getByRole("heading", { name: "Plain" })).toBeVisible();
  });
});
