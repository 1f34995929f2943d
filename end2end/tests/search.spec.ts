import { expect, open, test, withoutScripts } from "../support/member";

for (const keys of ["/", "Control+k"]) {
  test(`${keys} opens the palette, typing finds, arrows and Enter open the symbol`, async ({ page }) => {
    await open(page, "/overview");
    await expect(page.locator("tr[data-symbol]")).toHaveCount(6);
    await page.keyboard.press(keys);
    const palette = page.getByRole("dialog", { name: "Search" });
    const field = palette.getByRole("combobox");
    await expect(field).toBeFocused();
    await field.pressSequentially("microsoft");
    const hits = palette.getByRole("option");
    await expect(hits.first()).toContainText("MSFT");
    await expect(hits.first()).toHaveAttribute("aria-selected", "true");
    await field.press("Enter");
    await expect(page).toHaveURL(/\/symbols\/MSFT$/);
    await expect(palette).toBeHidden();
  });
}

test("arrows walk through the matches and Escape closes the palette", async ({ page }) => {
  await open(page, "/overview");
  await expect(page.locator("tr[data-symbol]")).toHaveCount(6);
  await page.keyboard.press("/");
  const palette = page.getByRole("dialog", { name: "Search" });
  const field = palette.getByRole("combobox");
  await field.pressSequentially("am");
  const hits = palette.getByRole("option");
  await expect(hits.nth(1)).toBeVisible();
  await field.press("ArrowDown");
  await expect(hits.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", "palette-hit-1");
  await field.press("ArrowUp");
  await expect(hits.first()).toHaveAttribute("aria-selected", "true");
  await field.press("Escape");
  await expect(palette).toBeHidden();
  // Pressed within a few milliseconds of Escape it may come too early; then one presses it again.
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(field, "it opens again").toBeFocused({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
});

test("what matches nothing is said so", async ({ page }) => {
  await open(page, "/overview");
  await expect(page.locator("tr[data-symbol]")).toHaveCount(6);
  await page.keyboard.press("/");
  await page.getByRole("combobox").pressSequentially("zzzzqq");
  await expect(page.getByText("No symbol matches")).toBeVisible();
});

test("the search page finds with scripts switched off", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/search?q=microsoft");
    await page.getByRole("link", { name: "MSFT", exact: true }).click();
    await expect(page).toHaveURL(/\/symbols\/MSFT$/);
    await page.getByRole("searchbox", { name: "Search symbols and names" }).fill("tesla");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/search\?q=tesla$/);
    await expect(page.getByRole("link", { name: "TSLA", exact: true })).toBeVisible();
  });
});
