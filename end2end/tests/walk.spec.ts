import { takenOver } from "../support/chart";
import { newPerson, register } from "../support/account.mjs";
import { rows } from "../support/member";
import { expect, hydrated, test } from "../support/test";

test("from the first visit to the log-out, and the next person begins anew", async ({ page }) => {
  await register(page);
  await expect(rows(page)).toHaveCount(6);
  await hydrated(page);
  const prices = () => rows(page).locator(".price").allTextContents();
  const before = await prices();
  await expect.poll(prices, { timeout: 20_000 }).not.toEqual(before);

  await page.locator("tr[data-symbol=AAPL] a").click();
  await expect(page).toHaveURL(/\/symbols\/AAPL$/);
  await takenOver(page);
  await page.getByText("Indicators", { exact: true }).click();
  await page.getByLabel("Add an indicator").selectOption("bollinger");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.locator("#price-chart-legend")).toContainText("Bollinger 20 2");
  await page.keyboard.press("Escape");

  await page.locator("#main").focus();
  await page.keyboard.press("/");
  const palette = page.getByRole("dialog", { name: "Search" });
  const field = palette.getByRole("combobox");
  await field.pressSequentially("intel");
  await expect(palette.getByRole("option").first()).toContainText("INTC");
  await field.press("Enter");
  await expect(page).toHaveURL(/\/symbols\/INTC$/);
  await page.getByRole("button", { name: "Watch", exact: true }).click();
  await expect(page.getByText("Added.")).toBeVisible();
  await page.goto("/overview");
  await expect(rows(page)).toHaveCount(7);
  await expect(page.locator("tr[data-symbol=INTC]")).toBeVisible();

  await hydrated(page);
  await page.locator("summary[aria-label^='Account of']").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/$/);
  await register(page, newPerson());
  await expect(rows(page)).toHaveCount(6);
  await expect(page.locator("tr[data-symbol=INTC]")).toHaveCount(0);
});
