import { type Page } from "@playwright/test";
import { newPerson } from "../support/account.mjs";
import { expect, hydrated, open, test, withoutScripts } from "../support/member";

const card = (page: Page) => page.getByRole("region", { name: "Members", exact: true });
const list = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function create(page: Page, name: string) {
  const form = page.getByRole("region", { name: "A new list" });
  await form.getByLabel("Name").fill(name);
  await form.getByRole("button", { name: "Create list" }).click();
}

async function invite(page: Page, email: string) {
  await card(page).getByLabel("E-mail of somebody to invite").fill(email);
  await card(page).getByRole("button", { name: "Invite", exact: true }).click();
  const link = await card(page).locator(".secret code").innerText();
  expect(link).toMatch(/\/join\/[\w-]{43}$/);
  return new URL(link).pathname;
}

test("a second person is invited, joins, reads, may not edit, and goes back to their own", async ({ page, browser }) => {
  await open(page, "/watchlists");
  await create(page, "Family energy");
  await expect(list(page, "Family energy")).toBeVisible();
  await open(page, "/settings");
  await expect(card(page).getByText("Only you.")).toBeVisible();
  const { email, password } = newPerson();
  const path = await invite(page, email);
  await expect(card(page).getByText(email)).toBeVisible();

  const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const second = await context.newPage();
  await open(second, path);
  await expect(second.getByText("Ada Lovelace")).toBeVisible();
  await second.getByRole("link", { name: "Create an account" }).click();
  await second.waitForURL("**/register?next=/join/**");
  await second.getByLabel("Full name").fill("Bea Byron");
  await second.getByLabel("E-mail").fill(email);
  await second.getByLabel("Password").fill(password);
  await second.getByRole("button", { name: "Create account" }).click();
  await second.waitForURL(`**${path}`);
  await hydrated(second);
  await second.getByRole("button", { name: "Accept" }).click();
  await second.waitForURL("**/overview");

  await open(second, "/watchlists");
  await expect(list(second, "Family energy")).toBeVisible();
  await create(second, "Mine");
  await expect(second.getByText("You may not change watchlists").first()).toBeVisible();
  await expect(list(second, "Mine")).toHaveCount(0);

  await second.locator(".account-summary").click();
  const workspaces = second.getByRole("group", { name: "Workspaces" });
  await expect(workspaces.locator("[aria-current]")).toHaveText("Ada Lovelace (viewer)");
  await workspaces.getByRole("button", { name: "Bea Byron (owner)" }).click();
  await second.waitForURL("**/overview");
  await open(second, "/watchlists");
  await expect(list(second, "Core Blue Chips")).toBeVisible();
  await expect(list(second, "Family energy")).toHaveCount(0);
  expect((await second.goto(path))!.status(), "the link works once").toBe(404);
  await context.close();

  await page.reload();
  await expect(card(page).getByText("Bea Byron", { exact: true })).toBeVisible();
  await expect(page.locator(".workspaces"), "one workspace needs no switcher").toHaveCount(0);
});

test("an invitation is made and withdrawn with scripts switched off", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/settings");
    const path = await invite(page, newPerson().email);
    await card(page).getByRole("button", { name: /^Withdraw the invitation/ }).click();
    await expect(card(page).getByText("Only you.")).toBeVisible();
    expect((await page.goto(path))!.status()).toBe(404);
  });
});
