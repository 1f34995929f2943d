// What the interactive chart shows, read from ECharts itself: a canvas has no elements to look at.
import { expect, type Page } from "@playwright/test";

export type Word = { text: string; left: number; middle: number };

/** Waits until the interactive chart has taken over from the server's picture; at a narrow screen, after a touch. */
export async function takenOver(page: Page) {
  await page.evaluate(() => window.dispatchEvent(new Event("pointerdown")));
  await expect(page.locator("#price-chart[data-drawn]")).toHaveCount(1, { timeout: 20_000 });
}

/** Pane and name of each series drawn, the ends of the first value axis, and the first and last bar in view. */
export function drawn(page: Page) {
  return page.evaluate(async () => {
    const { getInstanceByDom } = await import(document.documentElement.dataset.echarts!);
    const chart = getInstanceByDom(document.querySelector("#price-chart .chart-canvas")!);
    const { series, yAxis, dataZoom } = chart.getOption();
    const { startValue, endValue } = dataZoom[0];
    const named = ({ id, name, xAxisIndex }: { id: string; name?: string; xAxisIndex: number }) =>
      id.startsWith("tag-") ? id : `${xAxisIndex}-${name}`;
    return {
      series: series.map(named) as string[],
      low: yAxis[0].min as number,
      high: yAxis[0].max as number,
      kind: yAxis[0].type as string,
      first: startValue as number,
      last: endValue as number,
    };
  });
}

/** Every word on the canvas and where it stands in the box. */
export function wordsOnCanvas(page: Page): Promise<Word[]> {
  return page.evaluate(async () => {
    const { getInstanceByDom } = await import(document.documentElement.dataset.echarts!);
    const chart = getInstanceByDom(document.querySelector("#price-chart .chart-canvas")!);
    return chart.getZr().storage.getDisplayList(true)
      .filter((shape: any) => shape.type === "tspan" && !shape.ignore && shape.style.text)
      .map((shape: any) => {
        const rect = shape.getBoundingRect().clone();
        const transform = shape.getComputedTransform();
        if (transform) rect.applyTransform(transform);
        return { text: shape.style.text, left: rect.x, middle: rect.y + rect.height / 2 };
      });
  });
}

/** Every word of the server's picture and where it stands in the same box. */
export function wordsInPicture(page: Page): Promise<Word[]> {
  return page.evaluate(() => {
    const box = document.querySelector("#price-chart")!.getBoundingClientRect();
    return [...document.querySelectorAll("#price-chart .chart-picture text")]
      .filter((word) => getComputedStyle(word).display !== "none")
      .map((word) => {
        const { left, top, height } = word.getBoundingClientRect();
        return { text: word.textContent ?? "", left: left - box.left, middle: top + height / 2 - box.top };
      });
  });
}
