// `test` for those who are logged in: every test has a person of its own, with the six starter symbols.
import type { Browser, Page } from "@playwright/test";
import { newPerson } from "./account.mjs";
import { expect, hydrated, test as base } from "./test";

const ADDRESS = `http://127.0.0.1:${process.env.CANDLEWICK_E2E_PORT}`;

/** Makes an account behind the page's back; its cookie is the page's from then on. */
export async function join(page: Page) {
  const { email, password, fullName } = newPerson();
  const answer = await page.request.post("/api/account/register", {
    form: { email, password, full_name: fullName },
    headers: { origin: ADDRESS },
    maxRedirects: 0,
  });
  expect([200, 302, 303], "the account is made").toContain(answer.status());
  return { email, password, fullName };
}

/** Opens a page and waits until it is alive. */
export async function open(page: Page, path: string) {
  const answer = await page.goto(path);
  await hydrated(page);
  return answer;
}

/** The rows of the watchlist on the dashboard. */
export const rows = (page: Page) => page.locator("tr[data-symbol]");

/** Runs `visit` in a browser where scripts do not run. */
export async function withoutScripts(browser: Browser, visit: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: ADDRESS });
  try {
    const page = await context.newPage();
    await join(page);
    await visit(page);
  } finally {
    await context.close();
  }
}

export const test = base.extend<{ member: Awaited<ReturnType<typeof join>> }>({
  member: [async ({ page }, use) => use(await join(page)), { auto: true }],
});

export { expect, hydrated };
