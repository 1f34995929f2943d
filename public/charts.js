// Draws charts with ECharts. Pages dispatch `candlewick:draw` on `window` with JSON: `{id, option}` draws, `{id, change}`
// changes scales, values and titles, `{id, sketch}` draws what a slider moves over it, `{id}` lets go. They listen to `candlewick:redraw` (this script is there, or the
// looks changed), `candlewick:cursor` `{id, at}` and `candlewick:zoom` `{id, start, end}`. The element `<id>` holds
// `.chart-canvas`. Ctrl or Cmd with the wheel zooms, dragging moves, arrows move the crosshair, + - 0 zoom.
const charts = new Map(); // id -> {box, chart, echarts, option, at, height, isNarrow, sizes, sketched}
const NARROW_PX = 640; // domain::chart::palette::rules
const LEAST_SPAN = 5;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
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

const tell = (kind, detail) =>
  window.dispatchEvent(new CustomEvent(`candlewick:${kind}`, { detail: JSON.stringify(detail) }));

/** `2022-03-10` or `2022-03-10 15:30` for people. */
function day(label) {
  const [date, clock] = label.split(" ");
  const [year, month, of] = date.split("-").map(Number);
  return `${of} ${MONTHS[month - 1]} ${year}${clock ? ` ${clock}` : ""}`;
}

/** Lets an axis say the words that the page worked out: `[[value, words], ...]`. */
function speak(axis) {
  const words = axis.words;
  if (!words) return;
  delete axis.words;
  const near = (value) => words.reduce((best, next) => (Math.abs(next[0] - value) < Math.abs(best[0] - value) ? next : best));
  axis.axisLabel.formatter = (value) => {
    if (typeof value === "string") return words.find(([time]) => time === value)?.[1] ?? "";
    return words.length ? near(value)[1] : "";
  };
}

/** What the crosshair says at the axes. */
function label(option) {
  const times = option.xAxis[0]?.data ?? [];
  for (const axis of option.xAxis) {
    axis.axisPointer.label.formatter = ({ value }) => (option.now && value === times.at(-1) ? option.now : day(value));
  }
  for (const axis of option.yAxis.filter(({ show }) => show !== false)) {
    const format = ({ value }) => (Math.abs(value) < 1e6 ? numbers : compact).format(value);
    axis.axisPointer = { label: { formatter: format } };
  }
}

function dispose(id) {
  const state = charts.get(id);
  if (!state) return;
  charts.delete(id);
  state.sizes.disconnect();
  state.chart.dispose();
}

const last = (state) => state.option.xAxis[0].data.length - 1;

function view(state) {
  const { startValue, endValue } = state.chart.getOption().dataZoom[0];
  return [Math.max(0, startValue), Math.min(last(state), endValue)];
}

/** Zooms by a factor around a share of the width; the factor 0 shows everything. */
function zoom(state, factor, share) {
  const [start, end] = view(state);
  const most = last(state);
  const span = factor === 0 ? most : Math.min(most, Math.max(LEAST_SPAN, Math.round((end - start) * factor)));
  const from = Math.round(start + (end - start - span) * share);
  const startValue = Math.max(0, Math.min(most - span, from));
  state.chart.dispatchAction({ type: "dataZoom", startValue, endValue: startValue + span });
}

/** Moves the crosshair to an index in view and says so. */
function point(id, state, at) {
  const [start, end] = view(state);
  state.at = Math.min(end, Math.max(start, at));
  const seriesIndex = Math.max(0, state.option.series.findIndex((series) => series.id === "price"));
  state.chart.dispatchAction({ type: "showTip", seriesIndex, dataIndex: state.at });
  tell("cursor", { id, at: state.at });
}

function keys(id, state, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = state.at ?? last(state);
  const actions = {
    ArrowLeft: () => point(id, state, at - 1),
    ArrowRight: () => point(id, state, at + 1),
    Home: () => point(id, state, 0),
    End: () => point(id, state, last(state)),
    "+": () => zoom(state, 0.7, 1),
    "-": () => zoom(state, 1 / 0.7, 1),
    0: () => zoom(state, 0, 1),
  };
  if (!actions[event.key]) return;
  event.preventDefault();
  document.getElementById(`${id}-legend`)?.setAttribute("aria-live", "polite");
  actions[event.key]();
}

function create(echarts, id, box) {
  const chart = echarts.init(box.querySelector(".chart-canvas"));
  const state = { box, chart, echarts, option: undefined, at: undefined, height: 0, isNarrow: false, sizes: undefined };
  const resized = () => {
    chart.resize();
    // The panes are laid out for one height and the labels for one width; others need another layout.
    const differs = box.clientHeight !== state.height || box.clientWidth < NARROW_PX !== state.isNarrow;
    if (box.clientHeight && differs) redraw();
  };
  state.sizes = new ResizeObserver(resized);
  state.sizes.observe(box);
  const at = (index) => {
    if (index === state.at) return;
    state.at = index;
    tell("cursor", { id, at: index ?? null });
  };
  chart.on("updateAxisPointer", ({ axesInfo }) => at(axesInfo?.find(({ axisDim }) => axisDim === "x")?.value));
  chart.getZr().on("globalout", () => at(undefined));
  chart.on("datazoom", () => {
    unsketch(state); // its places are others now
    const [start, end] = view(state);
    tell("zoom", { id, start, end });
  });
  const alive = () => charts.get(id) === state;
  box.addEventListener("keydown", (event) => alive() && keys(id, state, event));
  // Without Ctrl or Cmd the wheel is the page's.
  box.addEventListener("wheel", (event) => {
    if (!alive() || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const { left, width } = box.getBoundingClientRect();
    zoom(state, event.deltaY < 0 ? 0.85 : 1 / 0.85, Math.min(1, Math.max(0, (event.clientX - left) / width)));
  }, { passive: false });
  charts.set(id, state);
  return state;
}

/** What follows is a task of its own: the page answers in between. */
const breathe = () => new Promise((done) => setTimeout(done));

async function draw(id, option) {
  const echarts = await load();
  const box = document.getElementById(id);
  if (!box) return;
  if (charts.get(id)?.box !== box) {
    dispose(id);
    await breathe();
    if (!box.isConnected) return;
  }
  const state = charts.get(id) ?? create(echarts, id, box);
  option.textStyle.fontFamily = getComputedStyle(box).fontFamily;
  [...option.xAxis, ...option.yAxis].forEach(speak);
  label(option);
  unsketch(state);
  state.option = option;
  state.height = box.clientHeight;
  state.isNarrow = box.clientWidth < NARROW_PX;
  state.chart.setOption(option, { notMerge: true });
  box.dataset.drawn = "";
}

function change(id, part) {
  const state = charts.get(id);
  if (!state?.option) return; // not drawn yet: the whole option will come
  unsketch(state);
  [...part.xAxis, ...part.yAxis].forEach(speak);
  for (const series of part.series) {
    const known = state.option.series.find((each) => each.id === series.id);
    if (known && series.data) known.data = series.data;
    if (!known || !("last" in series)) continue;
    known.data = [...known.data.slice(0, -1), series.last];
    series.data = known.data;
    delete series.last;
  }
  // Sliders move faster than screens: what comes within a frame is drawn once.
  state.chart.setOption(part, { lazyUpdate: true });
}

/** Whether a series draws the layer: a band is two of them. */
const draws = ({ id }, of) => id === of || id.startsWith(`${of}-`);

/** Where the values of a pane stand, in pixels: found once for all moves of a slider. */
function places(state, pane, of) {
  const { chart, option } = state;
  const { top, height, right } = option.grid[pane];
  const { yAxisIndex } = option.series.find((series) => draws(series, of));
  const [start, end] = view(state);
  const x = (index) => chart.convertToPixel({ xAxisIndex: pane }, index);
  const [left, step] = [x(start), end > start ? (x(end) - x(start)) / (end - start) : 0];
  const scale = option.yAxis[yAxisIndex].type === "log" ? Math.log10 : (value) => value;
  // Any two values fix a linear scale: those at the ends of the pane.
  const ends = [top + height, top].map((y) => chart.convertFromPixel({ yAxisIndex }, y));
  const [low, high] = ends.map(scale);
  return {
    clip: { x: 0, y: top, width: chart.getWidth() - right, height }, start, end, step,
    x: (index) => left + (index - start) * step,
    y: (value) => top + height - ((scale(value) - low) / (high - low)) * height,
  };
}

/** The runs of a line without gaps, as flat lists of pixels; one place more at either side, so that it leaves the pane. */
function runs(values, at) {
  const all = [];
  let run;
  for (let index = Math.max(0, at.start - 1); index <= Math.min(values.length - 1, at.end + 1); index += 1) {
    if (values[index] === null) {
      run = undefined;
      continue;
    }
    if (!run) all.push((run = []));
    run.push(at.x(index), at.y(values[index]));
  }
  return all;
}

/** The paths of a layer and how each is painted. */
function paths({ line, upper, lower, columns, colour, width, opacity, up, down, share }, at) {
  const stroke = { stroke: colour, lineWidth: width, fill: null, lineJoin: "bevel" };
  if (line) return [[runs(line, at), stroke]];
  if (upper) {
    const both = (values, other) => values.map((value, index) => (other[index] === null ? null : value));
    const [above, below] = [runs(both(upper, lower), at), runs(both(lower, upper), at)];
    const around = above.map((run, index) => {
      const back = [];
      for (let end = below[index].length; end > 0; end -= 2) back.push(below[index][end - 2], below[index][end - 1]);
      return [...run, ...back];
    });
    return [[around, { fill: colour, opacity, stroke: null }], [above, stroke], [below, stroke]];
  }
  const half = (at.step * share) / 2;
  const column = (isUp) => {
    const all = [];
    for (let index = at.start; index <= Math.min(columns.length - 1, at.end); index += 1) {
      const value = columns[index];
      if (value === null || value >= 0 !== isUp) continue;
      const [x, y, zero] = [at.x(index), at.y(value), at.y(0)];
      all.push([x - half, zero, x - half, y, x + half, y, x + half, zero]);
    }
    return all;
  };
  return [[column(true), { fill: up, opacity, stroke: null }], [column(false), { fill: down, opacity, stroke: null }]];
}

/** Draws layers on a canvas of their own and hides what the chart has in their place: a slider moves far more often than a
 * whole chart can be drawn. Scales stay as they are; the chart follows when the slider rests. */
function sketch(id, { pane, layers }) {
  const state = charts.get(id);
  if (!state?.option || !layers.length) return;
  const { graphic } = state.echarts;
  const zr = state.chart.getZr();
  if (!state.sketched) {
    const at = places(state, pane, layers[0].of);
    const group = new graphic.Group({ silent: true });
    group.setClipPath(new graphic.Rect({ shape: at.clip }));
    const hidden = zr.storage.getRoots().filter(({ __ecComponentInfo: of }) =>
      of?.mainType === "series" && layers.some((layer) => draws(state.option.series[of.index], layer.of)));
    for (const root of hidden) Object.assign(root, { ignore: true }).dirty();
    state.sketched = { at, group, hidden };
    zr.add(group);
  }
  const { at, group } = state.sketched;
  const drawn = layers.flatMap((layer) => paths(layer, at));
  drawn.forEach(([runs, style], index) => {
    const path = group.childAt(index);
    if (path) path.setShape({ runs });
    else group.add(new (runPath(graphic))({ zlevel: 1, silent: true, shape: { runs }, style }));
  });
}

let RunPath;
const runPath = (graphic) => (RunPath ??= graphic.extendShape({
  type: "runs",
  shape: { runs: [] },
  buildPath(context, { runs }) {
    for (const run of runs) {
      context.moveTo(run[0], run[1]);
      for (let at = 2; at < run.length; at += 2) context.lineTo(run[at], run[at + 1]);
    }
  },
}));

/** The chart shows again what was hidden for a sketch. */
function unsketch(state) {
  if (!state.sketched) return;
  const { group, hidden } = state.sketched;
  for (const root of hidden) Object.assign(root, { ignore: false }).dirty();
  state.chart.getZr().remove(group);
  state.sketched = undefined;
}

addEventListener("candlewick:draw", ({ detail }) => {
  const message = JSON.parse(detail);
  if (message.option) draw(message.id, message.option).catch((error) => console.warn("the chart could not be drawn", error));
  else if (message.change) change(message.id, message.change);
  else if (message.sketch) sketch(message.id, message.sketch);
  else dispose(message.id);
});

function redraw() {
  window.dispatchEvent(new Event("candlewick:redraw"));
}
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme", "data-colours"] });
matchMedia("(prefers-color-scheme: light)").addEventListener("change", redraw);
document.documentElement.dataset.chartsReady = "";
redraw();
