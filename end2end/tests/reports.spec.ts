import { expect, open, test } from "../support/member";

test("a report is made, previewed, opened as PDF and removed", async ({ page }) => {
  await open(page, "/reports");
  await expect(page.getByText("No reports yet")).toBeVisible();
  const made = page.getByRole("region", { name: "Make one now" });
  await made.getByLabel("Paper").selectOption("letter");
  await made.getByRole("button", { name: "Make report" }).click();
  const report = page.locator(".report");
  await expect(report.getByRole("link", { name: "Download PDF" }), "it is seen without a reload").toBeVisible();
  await expect(report.getByText("Core Blue Chips")).toBeVisible();
  await expect(report.locator(".report-fact")).not.toHaveCount(0);

  const address = await report.getByRole("link", { name: "Download PDF" }).getAttribute("href");
  const pdf = await page.request.get(address!);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");

  await report.getByRole("button", { name: /Remove the report/ }).click();
  await expect(page.getByText("No reports yet")).toBeVisible();
});

test("the morning report is wanted and no more wanted", async ({ page }) => {
  await open(page, "/reports");
  const wish = page.getByRole("region", { name: "Each morning by mail" });
  await wish.getByLabel("Mail me the morning report").check();
  await wish.getByLabel("Paper").selectOption("letter");
  await wish.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(wish.getByLabel("Mail me the morning report")).toBeChecked();
  await expect(wish.getByLabel("Paper")).toHaveValue("letter");
  await wish.getByLabel("Mail me the morning report").uncheck();
  await wish.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(wish.getByLabel("Mail me the morning report")).not.toBeChecked();
});
