import { expectAccessible, test as stranger } from "../support/test";
import { expect, open, test as member } from "../support/member";
import { test as operator } from "../support/operator";

const PRIVATE = [
  "/overview", "/symbols/AAPL", "/symbols/AAPL/news", "/symbols/AAPL/compare?with=SPY,MSFT&range=1y", "/scanner", "/news", "/watchlists", "/portfolios", "/reports", "/own-prices", "/settings",
  "/about-the-data", "/how", "/search?q=apple",
];
const OF_A_PORTFOLIO = [
  "Overview", "Holdings", "Transactions", "Performance", "Risk", "Check-up", "Share", "Details",
];
const OPERATIONS = ["/jobs", "/operations/quality", "/operations/alerts"];
const PUBLIC = ["/", "/login", "/register", "/forgot", "/reset/x", "/verify/x"];

for (const colorScheme of ["dark", "light"] as const) {
  member.describe(`in ${colorScheme}`, () => {
    member.use({ colorScheme });
    // A changed price tints its cell for a moment; without motion it stays still.
    member.use({ contextOptions: { reducedMotion: "reduce" } });

    for (const path of PRIVATE) {
      member(`axe finds nothing on ${path}`, async ({ page, context, baseURL }) => {
        await context.addCookies([{ name: "theme", value: colorScheme, url: baseURL! }]);
        await open(page, path);
        await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
        await expect(page.locator("#main .skeleton")).toHaveCount(0);
        await expectAccessible(page);
      });
    }

    member("axe finds nothing on the pages of a portfolio", async ({ page, context, baseURL }) => {
      await context.addCookies([{ name: "theme", value: colorScheme, url: baseURL! }]);
      await open(page, "/portfolios");
      await page.getByRole("button", { name: "Add the sample portfolio" }).click();
      await expect(page.getByRole("heading", { name: "Sample portfolio" })).toBeVisible();
      const tabs = page.getByRole("navigation", { name: "Portfolio", exact: true });
      for (const name of OF_A_PORTFOLIO) {
        await tabs.getByRole("link", { name, exact: true }).click();
        await expect(tabs.getByRole("link", { name, exact: true })).toHaveAttribute("aria-current", "page");
        await expect(page.locator("#main .skeleton")).toHaveCount(0);
        await expectAccessible(page);
      }
    });

    operator.describe("for operators", () => {
      operator.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

      for (const path of OPERATIONS) {
        operator(`axe finds nothing on ${path}`, async ({ page, context, baseURL }) => {
          await context.addCookies([{ name: "theme", value: colorScheme, url: baseURL! }]);
          await open(page, path);
          await expect(page.locator("#main .skeleton")).toHaveCount(0);
          await expectAccessible(page);
        });
      }
    });

    for (const path of PUBLIC) {
      stranger(`axe finds nothing on ${path}`, async ({ page, context, baseURL }) => {
        await context.addCookies([{ name: "theme", value: colorScheme, url: baseURL! }]);
        await open(page, path);
        await expectAccessible(page);
      });
    }

    stranger.describe("where nothing is", () => {
      stranger.use({ allowedConsole: [/status of 404/] });

      stranger("axe finds nothing on the page of an unknown address", async ({ page, context, baseURL }) => {
        await context.addCookies([{ name: "theme", value: colorScheme, url: baseURL! }]);
        await open(page, "/there-is-no-such-page");
        await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
        await expectAccessible(page);
      });
    });
  });
}
