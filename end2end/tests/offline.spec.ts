import { type Page } from "@playwright/test";
import { expect, hydrated, open, rows, test } from "../support/member";

/** The service worker answers for this page from the next load on. */
async function controlled(page: Page) {
  await expect.poll(() => page.evaluate(() => !!navigator.serviceWorker.controller), { timeout: 30_000 }).toBe(true);
}

test.describe("without a connection", () => {
  test.use({ allowedConsole: [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|no service worker|fetch/i] });

  test("a visited page is a copy that says of when it is, another one says what to do", async ({ page, context }) => {
    await open(page, "/overview");
    await controlled(page);
    await open(page, "/overview");
    await expect.poll(() => page.evaluate(async () => !!(await caches.match("/overview")))).toBe(true);

    await context.setOffline(true);
    await page.reload();
    await hydrated(page);
    await expect(page.getByText(/This is a copy from \d+ [A-Z][a-z]{2} \d{4} \d\d:\d\d New York/)).toBeVisible();
    await expect(rows(page)).toHaveCount(6);
    await page.goto("/about-the-data");
    await expect(page.getByRole("heading", { name: "No connection" })).toBeVisible();
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily), "with its own looks").toContain("Inter");

    await context.setOffline(false);
    await page.getByRole("link", { name: "Go to the overview" }).click();
    await hydrated(page);
    await expect(rows(page)).toHaveCount(6);
    await expect(page.getByText("This is a copy from")).toHaveCount(0);
  });
});

test("a newer version is offered, and taken only when asked for", async ({ page }) => {
  await open(page, "/overview");
  await controlled(page);
  await page.evaluate(() => {
    Object.assign(window, { sameDocument: true });
    // Another address in the same scope is a newer worker, as after an update of the server.
    return navigator.serviceWorker.register("/sw.js?newer", { scope: "/" }).then(() => undefined);
  });
  await expect(page.getByText("A new version is ready.")).toBeVisible({ timeout: 20_000 });
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  await page.getByRole("button", { name: "Reload" }).click();
  await expect.poll(() => page.evaluate(() => "sameDocument" in window).catch(() => true), { timeout: 20_000 }).toBe(false);
  await hydrated(page);
});
