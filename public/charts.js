// Draws charts with ECharts. Pages dispatch `candlewick:draw` on `window` with `{id, option}` as JSON (without an
// option the chart is let go) and listen to `candlewick:redraw`, sent when this script is there and when the looks
// change. The element `<id>` holds `.chart-canvas`; `<id>-legend` tells the values under the crosshair.
const charts = new Map(); // id -> {box, chart, option, told, at, height, sizes}
const numbers = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 });
let library;

function load() {
  library ??= import(document.documentElement.dataset.echarts).catch((error) => {
    library = undefined; // the server's picture stays, and the next drawing tries again
    throw error;
  });
  return library;
}

/** Keeps an axis around the values in view, with a share of room above and below. */
function fit(axis) {
  const room = ({ min, max }) => (max - min || Math.abs(max) * 0.01 || 1) * axis.fit;
  axis.min = (extent) => extent.min - room(extent);
  axis.max = (extent) => extent.max + room(extent);
}

function dispose(id) {
  const state = charts.get(id);
  if (!state) return;
  charts.delete(id);
  state.sizes.disconnect();
  state.chart.dispose();
}

function create(echarts, id, box) {
  const chart = echarts.init(box.querySelector(".chart-canvas"));
  const state = { box, chart, option: undefined, told: undefined, at: -1, height: 0, sizes: undefined };
  const resized = () => {
    chart.resize();
    // The panes are laid out for one height; another one needs another layout.
    if (box.clientHeight && box.clientHeight !== state.height) window.dispatchEvent(new Event("candlewick:redraw"));
  };
  state.sizes = new ResizeObserver(resized);
  state.sizes.observe(box);
  chart.on("updateAxisPointer", ({ axesInfo }) => {
    const axis = axesInfo?.find(({ axisDim }) => axisDim === "x");
    tell(id, state, axis ? axis.value : state.option.xAxis[0].data.length - 1);
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || charts.get(id) !== state) return;
    event.preventDefault();
    document.getElementById(`${id}-legend`)?.setAttribute("aria-live", "polite");
    const last = state.option.xAxis[0].data.length - 1;
    const dataIndex = Math.min(last, Math.max(0, state.at + step));
    const seriesIndex = state.option.series.findIndex((series) => series.id === "price");
    chart.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
    tell(id, state, dataIndex);
  });
  charts.set(id, state);
  return state;
}

async function draw(id, option) {
  const echarts = await load();
  const box = document.getElementById(id);
  if (!box) return;
  if (charts.get(id)?.box !== box) dispose(id);
  const state = charts.get(id) ?? create(echarts, id, box);
  option.textStyle.fontFamily = getComputedStyle(box).fontFamily;
  option.yAxis.filter((axis) => axis.fit).forEach(fit);
  state.option = option;
  state.height = box.clientHeight;
  state.chart.setOption(option, { notMerge: true });
  box.dataset.drawn = "";
  tell(id, state, option.xAxis[0].data.length - 1);
}

/** Writes the date and the values at an index into the legend. */
function tell(id, state, at) {
  const legend = document.getElementById(`${id}-legend`);
  if (!legend || at === state.at && state.told === state.option) return;
  state.at = at;
  state.told = state.option;
  const parts = [["", state.option.xAxis[0].data[at]]];
  const stacks = {};
  for (const { type, name, data, color, stack } of state.option.series) {
    if (type === "candlestick") {
      const [open, close, low, high] = data[at];
      parts.push(["O", numbers.format(open)], ["H", numbers.format(high)]);
      parts.push(["L", numbers.format(low)], ["C", numbers.format(close)]);
    } else if (type === "scatter") {
      for (const mark of data.filter(({ value }) => value[0] === at)) parts.push([name, mark.name, color]);
    } else {
      let value = type === "bar" ? data[at].value : data[at];
      if (value === null) continue;
      if (stack) value = stacks[stack] = value + (stacks[stack] ?? 0);
      parts.push([name, (name === "Volume" ? compact : numbers).format(value), color]);
    }
  }
  legend.replaceChildren(...parts.map(([name, text, color]) => {
    const part = document.createElement("span");
    const value = document.createElement("b");
    value.textContent = text;
    if (color) {
      // The colour stands beside the words, which keep the contrast of text.
      value.style.borderInlineStart = `3px solid ${color}`;
      value.style.paddingInlineStart = "4px";
    }
    part.append(name && `${name} `, value);
    return part;
  }));
}

addEventListener("candlewick:draw", ({ detail }) => {
  const { id, option } = JSON.parse(detail);
  if (option) draw(id, option).catch((error) => console.warn("the chart could not be drawn", error));
  else dispose(id);
});

const redraw = () => window.dispatchEvent(new Event("candlewick:redraw"));
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme", "data-colours"] });
matchMedia("(prefers-color-scheme: light)").addEventListener("change", redraw);
redraw();
