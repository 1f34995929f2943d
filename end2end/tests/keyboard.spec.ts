import { type Page } from "@playwright/test";
import { expect, open, rows, test } from "../support/member";

const PAGES = ["/overview", "/symbols/AAPL", "/watchlists", "/settings", "/about-the-data", "/how", "/search?q=apple"];

test("the first Tab shows a link that skips to the content", async ({ page }) => {
  await open(page, "/overview");
  await expect(rows(page)).toHaveCount(6);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
});

/** Presses Tab until the focus leaves the page or comes round; answers what Tab should reach and did not, and what it
 * reached without a sign of it. Elements are told apart as themselves: what is written in them changes while prices move. */
async function walk(page: Page) {
  await page.evaluate(() => Object.assign(window, { reached: new Set<Element>(), unseen: [] as string[] }));
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press("Tab");
    const isOver = await page.evaluate(() => {
      const { reached, unseen } = window as unknown as { reached: Set<Element>; unseen: string[] };
      const at = document.activeElement;
      if (!at || at === document.body || reached.has(at)) return true;
      reached.add(at);
      const hasRing = (each: Element | null) => {
        const style = each && getComputedStyle(each);
        return !!style && ((style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
      };
      if (!hasRing(at) && !hasRing(at.parentElement)) unseen.push(at.outerHTML.slice(0, 120));
      return false;
    });
    if (isOver) break;
  }
  return page.evaluate(() => {
    const { reached, unseen } = window as unknown as { reached: Set<Element>; unseen: string[] };
    const wanted = [...document.querySelectorAll("a[href], button, input, select, summary")]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("details:not([open]) > :not(summary)"))
      .filter((each) => !(each as HTMLButtonElement).disabled && (each as HTMLElement).tabIndex >= 0)
      .filter((each) => (each as HTMLInputElement).type !== "radio" || (each as HTMLInputElement).checked);
    const missed = wanted.filter((each) => !reached.has(each)).map((each) => each.outerHTML.slice(0, 120));
    return { wanted: wanted.length, missed, unseen };
  });
}

test("Tab reaches everything on the overview and its focus shows", async ({ page }) => {
  await open(page, "/overview");
  await expect(rows(page)).toHaveCount(6);
  const { wanted, missed, unseen } = await walk(page);
  expect(wanted).toBeGreaterThan(20);
  expect(missed, "cannot be reached").toEqual([]);
  expect(unseen, "focus does not show").toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("no page scrolls sideways", async ({ page }) => {
    const widths: Record<string, number> = {};
    for (const path of PAGES) {
      await open(page, path);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
      widths[path] = await page.evaluate(() => document.documentElement.scrollWidth);
    }
    await page.context().clearCookies();
    for (const path of ["/", "/login", "/register"]) {
      await open(page, path);
      widths[path] = await page.evaluate(() => document.documentElement.scrollWidth);
    }
    expect(Object.entries(widths).filter(([, width]) => width > 390)).toEqual([]);
  });

  test("the bar at the bottom leads everywhere", async ({ page }) => {
    await open(page, "/overview");
    const bar = page.getByRole("navigation", { name: "Main places" });
    for (const [name, path] of [["Portfolio", "/portfolios"], ["Watchlists", "/watchlists"], ["Search", "/search"], ["Settings", "/settings"]]) {
      await bar.getByRole("link", { name }).click();
      await expect(page).toHaveURL(path);
      await expect(bar.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    }
  });
});
