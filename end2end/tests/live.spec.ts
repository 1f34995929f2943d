import { type Page } from "@playwright/test";
import { expect, open, rows, test } from "../support/member";

type Told = { name: string; id: string; data: string };

/** Keeps everything the stream tells a page, from its first line on. */
async function listen(page: Page) {
  await page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    addEventListener("candlewick:event", (event) => told.push((event as CustomEvent).detail));
  });
}

const told = (page: Page): Promise<Told[]> => page.evaluate(() => (window as unknown as { told: Told[] }).told);
const kinds = async (page: Page, name: string) => (await told(page)).filter((each) => each.name === name);

test.describe("a cut connection", () => {
  test.use({ allowedConsole: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/] });
  test.describe.configure({ timeout: 120_000 });

  test("shows Reconnecting, comes back by itself and has missed nothing", async ({ page, browser, context, baseURL }) => {
    // The same person looks on a second browser, whose connection holds.
    const other = await browser.newContext({ baseURL, storageState: await context.storageState() });
    const unbroken = await other.newPage();
    try {
      for (const each of [unbroken, page]) {
        await listen(each);
        await open(each, "/overview");
        await expect(rows(each)).toHaveCount(6);
        await expect.poll(async () => (await kinds(each, "quote")).length, { timeout: 20_000 }).toBeGreaterThan(6);
      }
      const dot = page.locator("details.live");
      await expect(dot).toHaveAttribute("data-live", "simulated");

      await context.setOffline(true);
      await expect(dot).toHaveAttribute("data-live", "reconnecting");
      await expect(dot).toContainText("Reconnecting");
      const from = (await told(page)).at(-1)!.id;
      const cut = (await told(unbroken)).length;
      await expect.poll(async () => (await told(unbroken)).length, { timeout: 20_000 }).toBeGreaterThan(cut + 20);

      await context.setOffline(false);
      await expect(dot).toHaveAttribute("data-live", "simulated", { timeout: 30_000 });
      const missed = (await told(unbroken)).slice(cut).map(({ id }) => id);
      expect(missed.length).toBeGreaterThan(20);
      await expect.poll(async () => {
        const had = new Set((await told(page)).map(({ id }) => id));
        return missed.filter((id) => id !== from && !had.has(id));
      }, { timeout: 20_000 }).toEqual([]);
      expect(await kinds(page, "resync"), "continued, not begun again").toEqual([]);
    } finally {
      await other.close();
    }
  });
});

test("the dot says on every page what is true there", async ({ page }) => {
  await open(page, "/settings");
  const dot = page.locator("details.live");
  await expect(dot).toHaveAttribute("data-live", "connected", { timeout: 20_000 });
  await dot.locator("summary").click();
  await expect(dot).toContainText("Nothing on this page has a live price");
  await page.mouse.click(400, 500);
  await expect(dot.locator(".menu-panel"), "a click elsewhere closes it").toBeHidden();
});
