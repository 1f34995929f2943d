// What one move of an indicator's slider costs in the browser over a history of 100,000 bars:
//   node redraw.mjs [--bars 100000] [--moves 40] [--studies sma,rsi,...] [--url http://127.0.0.1:3000]
// A real page of a real server, whose history is exchanged for a made-up one. Counted are wasm and script (ScriptDuration
// of Chromium's Performance domain), ECharts' own drawing into the canvas included, and apart from it the part until
// ECharts is told: the indicator over all bars, the new spec and its option. Every study is pulled alone.
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { register } from "./support/account.mjs";
import { BROWSER_FLAGS, startServer } from "./support/server.mjs";

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    bars: { type: "string", default: "100000" },
    moves: { type: "string", default: "40" },
    studies: { type: "string", default: "sma,ema,bollinger,keltner,donchian,ichimoku,sar,rsi,macd,stochastic,stochrsi,adx,aroon,cci,mfi,williams,roc,atr" },
  },
});
const [count, moves] = [Number(values.bars), Number(values.moves)];

/** A walk with a fixed seed (Lehmer's generator). */
function history() {
  let [state, close] = [1, 100];
  const step = () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5;
  const last = Date.UTC(2022, 2, 10);
  return Array.from({ length: count }, (_, at) => {
    const open = close;
    close = Math.max(1, close * (1 + 0.02 * step()));
    return {
      time: new Date(last - (count - 1 - at) * 86_400_000).toISOString(),
      open, close, high: Math.max(open, close) * 1.004, low: Math.min(open, close) * 0.996,
      adjClose: null, volume: Math.round(1e6 * (1 + step())),
    };
  });
}

const series = JSON.stringify({ symbol: "AAPL", interval: "1d", bars: history() });
const server = values.url ? { url: values.url, stop() {} } : await startServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: BROWSER_FLAGS });
const page = await (await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } })).newPage();
// The stream and what would be kept are cut off below, which the console notes.
page.on("console", (message) => {
  if (message.type() === "error" && !message.text().includes("ERR_FAILED")) console.log(`console: ${message.text()}`);
});
await register(page);
await page.route("**/api/live*", (route) => route.abort());
await page.route("**/api/layouts/keep", (route) => route.abort());
await page.route("**/api/pages/history*", (route) => route.fulfill({ contentType: "application/json", body: series }));
const devtools = await page.context().newCDPSession(page);
await devtools.send("Performance.enable");
const script = async () => {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return 1000 * metrics.find(({ name }) => name === "ScriptDuration").value;
};
const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const show = (number) => number.toFixed(2).padStart(8);

console.log(`${count} bars, ${moves} moves each, milliseconds a redraw`);
console.log(`${"".padEnd(12)}${"all script: median, least".padStart(28)}${"until ECharts is told: median, least".padStart(40)}`);
let worst = 0;
for (const study of values.studies.split(",")) {
  await page.goto(`/symbols/AAPL?layout=Max,candles,volume,${study}`);
  await page.locator("#price-chart[data-drawn]").waitFor();
  await page.mouse.move(5, 5); // the whole history comes when somebody stirs
  // The whole history is there once the first date of the chart is its first.
  await page.waitForFunction(async () => {
    const { getInstanceByDom } = await import(document.documentElement.dataset.echarts);
    const chart = getInstanceByDom(document.querySelector("#price-chart .chart-canvas"));
    return chart?.getOption().xAxis[0].data[0] < "1900";
  }, undefined, { timeout: 60_000 });
  await page.locator(".chart-menu > summary").click();
  const [all, told] = [[], []];
  for (let move = -5; move < moves; move += 1) {
    const before = await script();
    const until = await page.evaluate(async (move) => {
      const slider = document.querySelector(".study input[type=range]");
      const { min, max, step } = slider;
      const steps = Math.min(60, (max - min) / step);
      slider.value = Number(min) + ((move + 7) % steps) * Number(step);
      const told = new Promise((done) => addEventListener("candlewick:draw", () => done(performance.now()), { once: true, capture: true }));
      const started = performance.now();
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      const at = await told;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return at - started;
    }, move);
    if (move < 0) continue; // warming up
    all.push(await script() - before);
    told.push(until);
  }
  console.log(`${study.padEnd(12)}${show(middle(all)).padStart(20)}${show(Math.min(...all))}${show(middle(told)).padStart(32)}${show(Math.min(...told))}`);
  worst = Math.max(worst, middle(all));
}
console.log(`worst median ${worst.toFixed(2)} ms`);
await browser.close();
server.stop();
