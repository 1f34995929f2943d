// `test` for those who operate the installation. All tests share one server, so the one operator's account is made by
// whoever comes first and logged in to by everybody else.
import type { Page } from "@playwright/test";
import { OPERATOR_EMAIL } from "./server.mjs";
import { expect, test as base } from "./test";

const PASSWORD = "a-password-for-the-operator";
const ADDRESS = `http://127.0.0.1:${process.env.CANDLEWICK_E2E_PORT}`;

/** Logs the page in as the operator. */
export async function operate(page: Page) {
  const send = (name: string, form: Record<string, string>) =>
    page.request.post(`/api/account/${name}`, {
      form: { email: OPERATOR_EMAIL, password: PASSWORD, ...form },
      headers: { origin: ADDRESS, accept: "application/json" },
    });
  const made = await send("register", { full_name: "Op Erator" });
  if (made.ok()) return;
  expect(made.status(), "somebody made the account before").toBe(409);
  expect((await send("login", {})).status(), "the operator is logged in").toBe(200);
}

export const test = base.extend<{ operator: void }>({
  operator: [
    async ({ page }, use) => {
      await operate(page);
      await use();
    },
    { auto: true },
  ],
});

export { expect };
export { open } from "./member";
