import { type Page } from "@playwright/test";
import { expect, hydrated, open, test, withoutScripts } from "../support/member";
import { expectAccessible } from "../support/test";

// What is refused answers 422, which the console notes.
test.use({ allowedConsole: [/status of 422/] });

const HOSTILE = "</textarea><script>document.title = 'taken'</script><b>&amp;</b>";

const card = (page: Page) => page.getByRole("region", { name: "Notes", exact: true });
const notes = (page: Page) => card(page).locator(".note");
const words = (page: Page) => notes(page).locator(".note-text");
const fresh = (page: Page) => card(page).getByLabel("A new note");

async function keep(page: Page, text: string) {
  await fresh(page).fill(text);
  await card(page).getByRole("button", { name: "Keep note" }).click();
}

async function edit(page: Page, text: string) {
  const note = notes(page).first();
  if (!(await note.getByLabel("Text", { exact: true }).isVisible())) await note.getByText("Edit", { exact: true }).click();
  await note.getByLabel("Text", { exact: true }).fill(text);
  await note.getByRole("button", { name: "Keep changes" }).click();
}

/** `again` loads the page anew. */
async function comeAndGo(page: Page, again: () => Promise<unknown>) {
  const empty = card(page).getByText("Nobody has noted anything about AAPL yet.");
  await expect(empty).toBeVisible();
  await keep(page, "   ");
  await expect(page.locator("#new-note-error")).toContainText("write something");
  await expect(fresh(page), "what was typed stays").toHaveValue("   ");
  await keep(page, "Watch the margin.\nAnd the debt.");
  await expect(words(page)).toHaveCount(1);
  await expect(empty).toHaveCount(0);
  await expect(fresh(page)).toHaveValue("");
  await expect(page.locator("#new-note-error")).toHaveCount(0);

  await again();
  expect(await words(page).innerText(), "lines are kept").toBe("Watch the margin.\nAnd the debt.");
  await expect(notes(page).locator(".note-about")).toHaveText(/^Ada Lovelace · \d+ [A-Z][a-z]{2} \d{4} \d\d:\d\d New York$/);
  await edit(page, " ");
  await expect(notes(page).locator(".field-error")).toContainText("write something");
  await expect(notes(page).getByLabel("Text", { exact: true })).toHaveValue(" ");
  await edit(page, "Watch the debt.");
  await expect(words(page)).toHaveText("Watch the debt.");
  await expect(notes(page).locator(".note-about")).toContainText(" · edited ");
  await expect(notes(page).getByLabel("Text", { exact: true }), "the form is folded again").toBeHidden();

  await keep(page, "Sold half.");
  await expect(words(page), "the newest first").toHaveText(["Sold half.", "Watch the debt."]);
  for (const left of [1, 0]) {
    await notes(page).first().getByRole("button", { name: /^Remove the note of Ada Lovelace/ }).click();
    await expect(notes(page)).toHaveCount(left);
  }
  await expect(empty).toBeVisible();
  await again();
  await expect(empty).toBeVisible();
}

/** What looks like markup is text: refused, kept, changed, and loaded anew. */
async function staysText(page: Page, again: () => Promise<unknown>) {
  await keep(page, `${HOSTILE}\u0007`);
  await expect(page.locator("#new-note-error")).toContainText("control characters");
  await expect(fresh(page)).toHaveValue(`${HOSTILE}\u0007`);
  await keep(page, HOSTILE);
  await expect(words(page)).toHaveText(HOSTILE);
  await again();
  await expect(words(page)).toHaveText(HOSTILE);
  await edit(page, `${HOSTILE}\u0007`);
  await expect(notes(page).getByLabel("Text", { exact: true })).toHaveValue(`${HOSTILE}\u0007`);
  await expect(notes(page).locator(".field-error")).toContainText("control characters");
  await again();
  await notes(page).getByText("Edit", { exact: true }).click();
  await expect(notes(page).getByLabel("Text", { exact: true })).toHaveValue(HOSTILE);
  await expect(notes(page).locator("script, b")).toHaveCount(0);
  await expect(page).not.toHaveTitle(/taken/);
}

async function reload(page: Page) {
  await page.reload();
  await hydrated(page);
}

test("a note is written, edited and removed", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await comeAndGo(page, () => reload(page));
});

test("a note is written, edited and removed with scripts switched off", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/symbols/AAPL");
    await comeAndGo(page, () => page.goto("/symbols/AAPL"));
  });
});

test("what looks like markup is text", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await staysText(page, () => reload(page));
});

test("what looks like markup is text with scripts switched off", async ({ browser }) => {
  await withoutScripts(browser, async (page) => {
    await page.goto("/symbols/AAPL");
    await staysText(page, () => page.goto("/symbols/AAPL"));
  });
});

test.describe("with nothing but what a test tells", () => {
  // Without the stream nobody else has the page read again; a service worker would fetch past what is laid under.
  test.use({ serviceWorkers: "block", allowedConsole: [/\/api\/live|net::ERR_FAILED|service worker/i] });
  test.beforeEach(({ page }) => page.route("**/api/live*", (route) => route.abort()));

  test("a change reads the notes alone again, and what is being written outlives a page that is read again", async ({ page }) => {
    await open(page, "/symbols/AAPL");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await keep(page, "About Apple");
    await expect(words(page)).toHaveText("About Apple");
    expect(asked).toContain("/api/notes/all");
    expect(asked, "the chart stays as it is").not.toContain("/api/pages/symbol");

    await notes(page).getByText("Edit", { exact: true }).click();
    await notes(page).getByLabel("Text", { exact: true }).fill("About Apple, put better");
    await fresh(page).fill("Not kept yet");
    const again = page.waitForResponse("**/api/pages/symbol*");
    await page.evaluate(() => {
      window.dispatchEvent(new CustomEvent("candlewick:event", { detail: { name: "resync", data: "{}" } }));
    });
    await again;
    await expect(fresh(page)).toHaveValue("Not kept yet");
    await expect(notes(page).getByLabel("Text", { exact: true })).toHaveValue("About Apple, put better");

    // It is about this symbol: on the page of another one it is gone.
    await page.locator("#main").focus();
    await page.keyboard.press("/");
    const palette = page.getByRole("dialog", { name: "Search" });
    const field = palette.getByRole("combobox");
    await field.pressSequentially("intel");
    await expect(palette.getByRole("option").first()).toContainText("INTC");
    await field.press("Enter");
    await expect(page).toHaveURL(/\/symbols\/INTC$/);
    await expect(card(page).getByText("Nobody has noted anything about INTC yet.")).toBeVisible();
    await expect(fresh(page)).toHaveValue("");
  });
});

for (const colorScheme of ["dark", "light"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("a note with its form open is accessible, and a long word does not widen a phone", async ({ page, context, baseURL }) => {
      await context.addCookies([{ name: "theme", value: colorScheme, url: baseURL! }]);
      await open(page, "/symbols/AAPL");
      await keep(page, "w".repeat(400));
      await expect(notes(page)).toHaveCount(1);
      await notes(page).getByText("Edit", { exact: true }).click();
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  });
}
