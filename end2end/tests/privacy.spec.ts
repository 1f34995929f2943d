import { expect, join, open, rows, test } from "../support/member";

// What belongs to somebody else answers 404 and a wrong password 401, and the browser says so.
test.use({ allowedConsole: [/status of 40[14]/] });

test("a second person on the same browser sees nothing of the first", async ({ page }) => {
  const secret = "Only for my eyes";
  await open(page, "/watchlists");
  const form = page.getByRole("region", { name: "A new list" });
  await form.getByLabel("Name").fill(secret);
  await form.getByRole("button", { name: "Create list" }).click();
  const card = page.getByRole("region", { name: secret });
  await card.getByLabel("Symbol to add").fill("INTC");
  await card.getByRole("button", { name: "Add", exact: true }).click();
  await expect(card.locator(".list-row")).toHaveCount(1);
  const address = await card.getByRole("link", { name: "Show" }).getAttribute("href");
  expect(address).toMatch(/list=/);

  await page.locator("summary[aria-label^='Account of']").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.goto(address!);
  await expect(page, "a stranger is sent to the log-in").toHaveURL(/\/login/);

  await join(page);
  await open(page, "/watchlists");
  await expect(page.getByRole("region", { name: "Core Blue Chips" })).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.goto(address!);
  await expect(page.locator("body")).not.toContainText(secret);
  await expect(rows(page).filter({ hasText: "INTC" })).toHaveCount(0);
  await expect(page.locator("#main")).toContainText(/Core Blue Chips|There is nothing here/);
});

test("who logged in again finds the lists as they were", async ({ page, member }) => {
  await open(page, "/overview");
  await page.locator("summary[aria-label^='Account of']").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/$/);
  await open(page, "/login?next=/watchlists");
  await page.getByLabel("E-mail").fill(member.email);
  await page.getByLabel("Password").fill(member.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/watchlists$/);
  await expect(page.getByRole("region", { name: "Core Blue Chips" }).locator(".list-row")).toHaveCount(6);
});

test("a wrong password is refused in words that say nothing of who has an account", async ({ page, member }) => {
  await page.context().clearCookies();
  const refusal = async (email: string) => {
    await open(page, "/login");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not-the-password");
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page.locator(".form-problem")).not.toBeEmpty();
    return page.locator(".form-problem").textContent();
  };
  expect(await refusal(member.email)).toBe(await refusal("nobody@example.com"));
});
