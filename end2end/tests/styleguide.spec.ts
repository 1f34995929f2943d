import { expect, expectAccessible, hydrated, test } from "../support/test";

// Pixels differ from machine to machine; what is held here is that everything is there, fits and can be read.
for (const colorScheme of ["dark", "light"] as const) {
  test.describe(`the style guide in ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    for (const width of [390, 1280, 1920]) {
      test(`holds every component in its states and fits at ${width} pixels`, async ({ page }) => {
        await page.setViewportSize({ width, height: 900 });
        const answer = await page.goto("/styleguide");
        test.skip(answer?.status() === 404, "a release build has no style guide");
        await hydrated(page);
        for (const part of [
          ".button[data-look=primary]", ".button[aria-busy=true]", ".input[aria-invalid=true]", ".check input:checked", ".segment",
          ".badge[data-tone=up]", ".badge[data-tone=down]", ".badge[data-tone=none]", ".live[data-live=reconnecting]", ".kpi .spark",
          ".heat[data-heat='3']", ".heat[data-heat='-3']", "th[aria-sort]", ".banner[data-tone=failed]", ".skeleton", ".bottom-bar",
        ]) {
          expect(await page.locator(part).count(), part).toBeGreaterThan(0);
        }
        const wide = await page.evaluate(() => [...document.querySelectorAll("main *")]
          .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
          // What scrolls inside itself, and what hangs out only when opened.
          .filter((each) => !each.closest(".table-frame, .kpi-strip, .segments, .tooltip, .menu-panel, .scroll-x, .sr-only, svg"))
          .map((each) => each.outerHTML.slice(0, 100)));
        expect(wide, "nothing hangs out of the page").toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await expectAccessible(page);
        await test.info().attach("style guide", { body: await page.screenshot({ fullPage: true }), contentType: "image/png" });
      });
    }
  });
}
