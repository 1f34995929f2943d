import { expect, open, rows, test } from "../support/member";

test("a symbol opens from the dashboard with its price, chart, figures and signals", async ({ page }) => {
  await open(page, "/overview");
  await rows(page).getByRole("link", { name: /^AAPL/ }).click();
  await expect(page).toHaveURL(/\/symbols\/AAPL$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("AAPL");
  await expect(page).toHaveTitle(/^\([\d.,]+\) AAPL/);
  const chart = page.getByRole("region", { name: "Price chart" });
  await expect(chart.locator("svg:visible, canvas:visible").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Key figures" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Signals", exact: true })).toBeVisible();
});

test("the first picture of the chart comes from the server, before any script", async ({ page }) => {
  const html = await (await page.request.get("/symbols/AAPL")).text();
  const start = html.indexOf("aria-label=\"Price chart\"");
  expect(start).toBeGreaterThan(-1);
  const chart = html.slice(start, html.indexOf("</section>", start));
  expect(chart).toContain("<svg");
  // All candles of one colour are one path: what counts is how often the pen is set down.
  expect(chart.match(/M-?\d/g)?.length ?? 0, "strokes").toBeGreaterThan(200);
});

test("a symbol whose name needs escaping has a page too", async ({ page }) => {
  const answer = await open(page, "/symbols/%5EGSPC");
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("^GSPC");
});

test.describe("a symbol nobody knows", () => {
  test.use({ allowedConsole: [/status of 404/] });

  test("answers 404 with a page of its own and a way back", async ({ page }) => {
    const answer = await open(page, "/symbols/NOSUCHSYM");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    await page.getByRole("link", { name: "Go to the overview" }).click();
    await expect(page).toHaveURL(/\/overview$/);
    await expect(rows(page)).toHaveCount(6);
  });

  test("what cannot be a symbol answers 404 too", async ({ page }) => {
    const answer = await open(page, "/symbols/not%20a%20symbol");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  });
});
