// Data quality: an operator collects, sees scores and holes; nobody else sees the page.
import AxeBuilder from "@axe-core/playwright";
import { expect, open, test } from "../support/operator";

test("an operator collects a source and sees its scores and its run", async ({ page }) => {
  await open(page, "/operations/quality");
  const runs = page.getByRole("region", { name: "Runs" });
  await page.getByRole("button", { name: "Economy" }).click();
  await expect(page.getByText("Queued.")).toBeVisible();
  await expect(runs.getByRole("row").filter({ hasText: "Economy" }).first()).toContainText("Done", { timeout: 20_000 });
  const card = page.getByRole("region", { name: "Economy" });
  await expect(card.getByText("Accuracy")).toBeVisible();
  await expect(card.getByText("100 %").first()).toBeVisible();
});

test("the hole that the bundled data is known for is shown", async ({ page }) => {
  await open(page, "/operations/quality");
  const holes = page.getByRole("region", { name: "Holes against the calendar" });
  await expect(holes.getByRole("row").filter({ hasText: "TSLA" })).toContainText("2 Jan 2019");
});

test("the page is usable by keyboard and screen reader", async ({ page }) => {
  await open(page, "/operations/quality");
  await expect(page.getByRole("heading", { name: "Quarantine" })).toBeVisible();
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations).toEqual([]);
});
