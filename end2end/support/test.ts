// `test` with one rule added: a page that writes an error or a warning to the console, or throws, fails its test.
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

// Said where a page takes longer to come alive than Chromium expects: of a busy machine, not of the page.
const SLOW = /was preloaded using link preload but not used within a few seconds/;

type Options = { allowedConsole: RegExp[] };

export const test = base.extend<Options & { quietConsole: void }>({
  // For tests that break something on purpose: what the console may then say.
  allowedConsole: [[], { option: true }],
  quietConsole: [
    async ({ context, allowedConsole }, use) => {
      const said: string[] = [];
      const note = (text: string) => {
        if (![...allowedConsole, SLOW].some((allowed) => allowed.test(text))) said.push(text);
      };
      context.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) {
          note(`${message.type()}: ${message.text()} (${message.location().url}, on ${message.page()?.url()})`);
        }
      });
      context.on("weberror", (error) => note(`uncaught: ${error.error().stack ?? error.error().message}`));
      await use();
      expect(said, "the console stays quiet").toEqual([]);
    },
    { auto: true },
  ],
});

/** Nothing axe finds fault with, of WCAG 2.2 A and AA, its best practices, and targets large enough to hit. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).options({ rules: { "target-size": { enabled: true } } }).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join("\n  ")}`);
  expect(found, "axe finds nothing").toEqual([]);
}

/** The server's HTML has been taken over: <html data-hydrated> is set by the app's first effect. */
export async function hydrated(page: Page) {
  await expect(page.locator("html[data-hydrated]")).toHaveCount(1, { timeout: 20_000 });
}

export { expect };
