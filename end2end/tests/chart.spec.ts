import { drawn, takenOver, wordsInPicture, wordsOnCanvas, type Word } from "../support/chart";
import { expect, open, test } from "../support/member";

const legend = "#price-chart-legend";

test.describe("taking over", () => {
  // Without the stream the price stays that of the server's picture.
  test.use({ allowedConsole: [/\/api\/live|net::ERR_FAILED/] });

  for (const viewport of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }, { width: 390, height: 844 }]) {
    test(`moves no word of the chart at ${viewport.width} pixels`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.route("**/api/live*", (route) => route.abort());
      await open(page, "/symbols/AAPL");
      await takenOver(page);
      const sorted = (words: Word[]) => words.toSorted((a, b) => a.text.localeCompare(b.text) || a.middle - b.middle);
      const picture = sorted(await wordsInPicture(page));
      expect(picture.length, "title, prices and dates").toBeGreaterThan(9);
      expect(picture.map(({ text }) => text).filter((text) => /\d{4}-\d\d/.test(text)), "no ISO dates").toEqual([]);
      const apart = async () => {
        const canvas = sorted(await wordsOnCanvas(page));
        const [texts, others] = [picture.map(({ text }) => text), canvas.map(({ text }) => text)];
        if (JSON.stringify(texts) !== JSON.stringify(others)) return `words: ${texts} / ${others}`;
        // Three pixels: a browser and a canvas do not agree on where in a line a letter stands.
        return picture.flatMap((word, i) => {
          const [x, y] = [canvas[i].left - word.left, canvas[i].middle - word.middle];
          return Math.hypot(x, y) > 3 ? [`${word.text}: ${x.toFixed(1)}, ${y.toFixed(1)}`] : [];
        }).join("; ");
      };
      await expect.poll(apart).toBe("");
    });
  }
});

test("an overlay, a pane and a range can be chosen and the chart follows", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await takenOver(page);
  expect((await drawn(page)).series).not.toContain("0-SMA 20");
  await page.getByText("Indicators", { exact: true }).click();
  await page.getByLabel("Add an indicator").selectOption("sma");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect.poll(async () => (await drawn(page)).series).toContain("0-SMA 20");
  await expect(page.locator(legend)).toContainText("SMA 20");
  await page.getByRole("button", { name: "Remove MACD 12 26 9" }).click();
  await expect.poll(async () => (await drawn(page)).series).not.toContain("2-MACD");
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("Add an indicator")).toBeHidden();

  const year = await drawn(page);
  await page.getByLabel("1M", { exact: true }).check();
  await expect.poll(async () => (await drawn(page)).last).toBeLessThan(year.last);
});

test("the wheel scrolls the page, and with Ctrl it zooms and the scale fits what is shown", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await takenOver(page);
  await page.getByLabel("Max", { exact: true }).check();
  await page.getByLabel("Log", { exact: true }).check();
  await expect.poll(async () => (await drawn(page)).kind).toBe("log");
  await page.locator("#price-chart").hover();
  const whole = await drawn(page);
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  expect(await drawn(page)).toMatchObject({ first: whole.first, last: whole.last });

  // A headless browser keeps the real wheel with Ctrl to itself, so the event is made here.
  const { x, y } = (await page.locator("#price-chart").boundingBox())!;
  const wheel = { deltaY: -200, ctrlKey: true, clientX: x + 300, clientY: y + 100, cancelable: true };
  for (let turn = 0; turn < 8; turn += 1) await page.locator("#price-chart").dispatchEvent("wheel", wheel);
  await expect.poll(async () => {
    const { first, last } = await drawn(page);
    return last - first;
  }).toBeLessThan((whole.last - whole.first) / 2);
  await expect.poll(async () => {
    const { low, high } = await drawn(page);
    return high / low;
  }, "a log axis fits too").toBeLessThan(whole.high / whole.low);
});

test("arrows move the crosshair and the legend tells the values there, at the same height", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await takenOver(page);
  const height = () => page.locator(legend).evaluate((element) => element.getBoundingClientRect().height);
  const before = await height();
  await page.locator("#price-chart").focus();
  await page.keyboard.press("Home");
  await expect(page.locator(`${legend} b`).first()).toHaveText(/^\d+ [A-Z][a-z]{2} 2021$/);
  const first = await page.locator(legend).textContent();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(legend)).not.toHaveText(first!);
  expect(await height()).toBe(before);
});

test("a live price moves the newest candle alone and is called simulated", async ({ page }) => {
  await open(page, "/symbols/AAPL");
  await takenOver(page);
  const now = page.locator(`${legend} b`).first();
  await expect(now).toHaveText("Now, simulated", { timeout: 20_000 });
  const close = () => page.locator(legend).textContent();
  const before = await close();
  await expect.poll(close, { timeout: 20_000 }).not.toBe(before);
  // The table holds what is stored, and the simulated bar is not.
  await page.getByText("Table", { exact: true }).click();
  await expect(page.locator(".chart-table tbody tr").first()).toContainText("10 Mar 2022");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the picture stays until the page is touched", async ({ page }) => {
    await open(page, "/symbols/AAPL");
    await expect(page.locator("#price-chart .chart-picture > svg")).toBeVisible();
    await expect(page.locator("#chart-script")).toHaveCount(0);
    await page.locator("#price-chart").tap();
    await expect(page.locator("#price-chart[data-drawn] canvas").first()).toBeVisible();
  });
});
