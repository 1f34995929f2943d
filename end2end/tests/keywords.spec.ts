import { type Page } from "@playwright/test";
import { expect, open, test, withoutScripts } from "../support/member";

// What is refused answers 422, which the console notes.
test.use({ allowedConsole: [/status of 422/] });

const card = (page: Page) => page.getByRole("region", { name: "Search keywords" });

async function comeAndGo(page: Page) {
  const empty = card(page).getByText("No keywords of your own yet");
  await expect(empty).toBeVisible();
  await card(page).getByLabel("A new keyword").fill("x");
  await card(page).getByRole("button", { name: "Add keyword" }).click();
  await expect(page.locator("#field-keyword-error")).toContainText("2 to 60 characters");
  await card(page).getByLabel("A new keyword").fill("  Heat Pumps ");
  await card(page).getByRole("button", { name: "Add keyword" }).click();
  await expect(card(page).locator(".setting-row")).toContainText("heat pumps");
  await expect(empty).toHaveCount(0);
  await page.reload();
  await expect(card(page).locator(".setting-row")).toHaveCount(1);
  await card(page).getByRole("button", { name: "Remove heat pumps" }).click();
  await expect(empty).toBeVisible();
  await expect(card(page).locator(".setting-row")).toHaveCount(0);
}

test("a search keyword is added and removed", async ({ page }) => {
  await open(page, "/settings");
  await comeAndGo(page);
});

test("a search keyword is added and removed with scripts switched off", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/settings");
    await comeAndGo(page);
  });
});
