import { type Page } from "@playwright/test";
import { newPerson } from "../support/account.mjs";
import { expect, test, withoutScripts } from "../support/member";

// Everything here happens in a browser where scripts do not run.
const sends = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test("a refused registration keeps name and e-mail and says at the field what is wrong", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.context().clearCookies();
    const { email } = newPerson();
    await page.goto("/register");
    await page.getByLabel("Full name").fill("Ada <Lovelace> & Co");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("short");
    await sends(page, "Create account");
    await expect(page).toHaveURL(/\/register$/);
    await expect(page.getByLabel("Full name")).toHaveValue("Ada <Lovelace> & Co");
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    await expect(page.getByLabel("Password")).toHaveValue("");
    await expect(page.locator("#field-password-error")).toContainText(/8/);
    await page.getByLabel("Password").fill("long enough for everybody");
    await sends(page, "Create account");
    await expect(page).toHaveURL(/\/overview$/);
  });
});

test("a refused login keeps the e-mail, and a page loaded again is a fresh one", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.context().clearCookies();
    const { email } = newPerson();
    await page.goto("/login?next=/watchlists");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not-the-password");
    await sends(page, "Log in");
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    await expect(page.getByLabel("Password")).toHaveValue("");
    await expect(page.locator(".form-problem")).toContainText("wrong");
    await page.reload();
    await expect(page.getByLabel("E-mail")).toHaveValue("");
    await expect(page.locator(".form-problem")).toBeEmpty();
  });
});

test("profile, list name and symbol come back where they were typed", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/settings");
    await page.getByLabel("Time zone").fill("Mars/Olympus");
    await sends(page, "Save profile");
    await expect(page.getByLabel("Time zone")).toHaveValue("Mars/Olympus");
    await expect(page.locator("#field-time_zone-error")).toBeVisible();

    await page.goto("/watchlists");
    const form = page.getByRole("region", { name: "A new list" });
    await form.getByLabel("Name").fill("Core Blue Chips");
    await sends(page, "Create list");
    await expect(form.getByLabel("Name")).toHaveValue("Core Blue Chips");
    await expect(form.locator("#field-name-error")).toContainText("already");

    const card = page.getByRole("region", { name: "Core Blue Chips", exact: true });
    await card.getByLabel("Symbol to add").fill("no;symbol");
    await card.getByRole("button", { name: "Add", exact: true }).click();
    await expect(card.getByLabel("Symbol to add")).toHaveValue("no;symbol");
    await expect(card.locator(".field-error")).toBeVisible();
  });
});

test.describe("with scripts", () => {
  // Its first page is kept from coming alive.
  test.use({ allowedConsole: [/ERR_FAILED|Failed to fetch|wasm/] });

  test("a page that came back before it was alive is taken over as it is", async ({ page }) => {
    await page.context().clearCookies();
    // The form goes out as the browser itself sends it; then the page comes alive over the answer.
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("/register");
    await page.getByLabel("Full name").fill("Ada Lovelace");
    await page.getByLabel("E-mail").fill(newPerson().email);
    await page.getByLabel("Password").fill("short");
    await page.unroute("**/*.wasm");
    await sends(page, "Create account");
    await expect(page.locator("html[data-hydrated]")).toHaveCount(1);
    await expect(page.getByLabel("Full name")).toHaveValue("Ada Lovelace");
    await expect(page.locator("#field-password-error")).toBeVisible();
    await page.getByRole("link", { name: "Log in" }).click();
    await expect(page.getByLabel("E-mail"), "what came back was for that page alone").toHaveValue("");
  });
});
