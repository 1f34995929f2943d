import { type Page } from "@playwright/test";
import { expect, open, rows, test } from "../support/member";

const PAGES = ["/overview", "/symbols/AAPL", "/watchlists", "/settings", "/about-the-data", "/search?q=apple"];

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

/** What Tab can reach and whether its focus shows; walks until the focus leaves the page. */
async function walk(page: Page) {
  const seen: { at: number; shown: boolean; html: string }[] = [];
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return undefined;
      const style = getComputedStyle(at);
      const ring = (each: CSSStyleDeclaration) =>
        (each.outlineStyle !== "none" && parseFloat(each.outlineWidth) > 0) || each.boxShadow !== "none";
      const parent = at.parentElement && getComputedStyle(at.parentElement);
      const all = [...document.querySelectorAll("*")];
      return { at: all.indexOf(at), shown: ring(style) || (!!parent && ring(parent)), html: at.outerHTML.slice(0, 120) };
    });
    if (!stop || seen.some((each) => each.html === stop.html && each.at === stop.at)) break;
    seen.push(stop);
  }
  return seen;
}

test("Tab reaches everything on the overview and its focus shows", async ({ page }) => {
  await open(page, "/overview");
  await expect(rows(page)).toHaveCount(6);
  const wanted = await page.evaluate(() =>
    [...document.querySelectorAll("a[href], button, input, select, summary")]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("details:not([open]) > :not(summary)"))
      .filter((each) => !(each as HTMLButtonElement).disabled && (each as HTMLElement).tabIndex >= 0)
      .filter((each) => (each as HTMLInputElement).type !== "radio" || (each as HTMLInputElement).checked)
      .map((each) => each.outerHTML.slice(0, 120)));
  const seen = await walk(page);
  const reached = seen.map((each) => each.html);
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((each) => !reached.includes(each)), "cannot be reached").toEqual([]);
  expect(seen.filter((each) => !each.shown).map((each) => each.html), "focus does not show").toEqual([]);
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
    for (const [name, path] of [["Watchlists", "/watchlists"], ["Search", "/search"], ["Data", "/about-the-data"], ["Settings", "/settings"]]) {
      await bar.getByRole("link", { name }).click();
      await expect(page).toHaveURL(path);
      await expect(bar.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    }
  });
});
