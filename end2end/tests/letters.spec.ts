// The server under test sends no mail: links come from the command line, as an operator would make them.
import { execFileSync } from "node:child_process";
import { serverEnvironment, SERVER } from "../support/server.mjs";
import { expect, hydrated, join, open, test, withoutScripts } from "../support/member";

/** The path of a link with which the account chooses a new password. */
function link(email: string) {
  const env = { ...process.env, ...serverEnvironment(process.env.CANDLEWICK_E2E_PORT, process.env.CANDLEWICK_E2E_DATA) };
  const said = execFileSync(SERVER, ["password", email], { env, encoding: "utf8" });
  const found = said.match(/\/reset\/\S+/);
  expect(found, said).not.toBeNull();
  return found![0];
}

test.describe("the console may name the refusal", () => {
  test.use({ allowedConsole: [/status of 409/] });

  test("a link sets a new password once, and the old session ends", async ({ page, member }) => {
    const path = link(member.email);
    await open(page, path);
    await page.getByLabel("New password").fill("a fresh and better password");
    await page.getByRole("button", { name: "Set the new password" }).click();
    await expect(page.getByRole("status")).toContainText("Log in with the new password");
    await page.getByRole("button", { name: "Set the new password" }).click();
    await expect(page.getByRole("status")).toContainText("used already");
    await page.goto("/overview");
    await expect(page).toHaveURL(/\/login\?next=/);
    await hydrated(page);
    await page.getByLabel("E-mail").fill(member.email);
    await page.getByLabel("Password").fill("a fresh and better password");
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page).toHaveURL(/\/overview$/);
  });
});

test("where scripts do not run the same forms work", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    const { email } = await join(page);
    await page.goto("/login");
    await expect(page.getByText("Whoever operates this installation")).toBeVisible();
    await page.goto("/forgot");
    await expect(page.getByText("candlewick password")).toBeVisible();

    await page.goto("/verify/not-a-token");
    await page.getByRole("button", { name: "Verify my address" }).click();
    await expect(page).toHaveURL(/\/verify\/not-a-token$/);
    await expect(page.getByRole("status")).toContainText("used already or has run out");

    const path = link(email);
    await page.goto(path);
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Set the new password" }).click();
    await expect(page.locator("#field-new-error")).toContainText(/8/);
    await page.getByLabel("New password").fill("a fresh and better password");
    await page.getByRole("button", { name: "Set the new password" }).click();
    await expect(page.getByRole("status")).toContainText("Log in with the new password");
  });
});
