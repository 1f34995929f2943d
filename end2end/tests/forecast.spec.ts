import { expect, open, test } from "../support/member";

const card = (page: import("@playwright/test").Page) =>
  page.getByRole("region", { name: /^Forecast/ });

test("a symbol shows its forecast at three horizons with a range and a bullish score", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  const targets = card(page).locator(".target");
  await expect(targets).toHaveCount(4);
  for (const day of ["Day 7", "Day 30", "Day 90"]) {
    await expect(targets.filter({ hasText: new RegExp(`^${day}`) })).toContainText(/(Uptrend|Downtrend|Sideways) .*80 %: [\d.,]+ to [\d.,]+/);
  }
  const score = Number(await targets.last().locator(".target-price").textContent());
  expect(score).toBeGreaterThan(0);
  expect(score).toBeLessThan(100);
});

test("the record stands beside it and says calmly that there is no skill", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await expect(card(page).locator(".forecast-badge")).toHaveText("No skill against a random walk");
  const rows = card(page).getByRole("table", { name: /Record of the forecasts/ }).getByRole("row");
  // The head, three horizons of the symbol, three of all symbols together.
  await expect(rows).toHaveCount(7);
  await expect(rows.nth(1)).toContainText("day 7");
});

test("the cone comes from the server and is taken over by the interactive chart in the same box", async ({ page }) => {
  const html = await (await page.request.get("/symbols/AAPL")).text();
  const start = html.indexOf('id="forecast-chart"');
  expect(start).toBeGreaterThan(-1);
  expect(html.slice(start, start + 60_000)).toContain("k-band k-accent");
  await open(page, "/symbols/AAPL");
  const chart = page.locator("#forecast-chart");
  await expect(chart).toHaveAttribute("aria-label", /AAPL is expected at [\d.,]+ on day 30 after 10 Mar 2022/);
  const before = await chart.boundingBox();
  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toHaveAttribute("data-drawn", /.*/);
  await expect(chart.locator("canvas").first()).toBeVisible();
  const after = await chart.boundingBox();
  expect(after?.height).toBe(before?.height);
  expect(after?.width).toBe(before?.width);
  await expect(page.locator("#forecast-chart-legend")).toContainText("Forecast");
});

test("earlier forecasts are held against what came", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await card(page).locator("summary", { hasText: "Earlier forecasts for day 30, and what came" }).click();
  const rows = card(page).getByRole("table", { name: /Earlier forecasts/ }).getByRole("row");
  expect(await rows.count()).toBeGreaterThan(5);
  await expect(rows.nth(1)).toContainText(/(held|missed)$/);
});

test("where history is short, nothing is claimed", async ({ page }) => {
  await open(page, "/symbols/TSLA");
  await expect(card(page).locator(".forecast-badge")).toHaveText("Not enough history to judge");
  await expect(card(page).locator(".target")).toHaveCount(4);
});

test("programs get the same words", async ({ page }) => {
  const answer = await page.request.get("/api/market/stocks/AAPL/prediction");
  expect(answer.status()).toBe(200);
  const body = await answer.json();
  expect(body.currentPrice).toBe(158.52);
  expect(body.asOf).toBe("2022-03-10");
  for (const term of ["shortTerm", "mediumTerm", "longTerm"]) {
    expect(body[term].low80).toBeLessThan(body[term].targetPrice);
    expect(body[term].high80).toBeGreaterThan(body[term].targetPrice);
  }
  expect(body.skill.map((each: { horizonDays: number }) => each.horizonDays)).toEqual([7, 30, 90]);
});
