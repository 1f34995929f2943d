// One event stream per browser: the tab that holds the lock `candlewick-live` opens it and hands every event to
// the others through a BroadcastChannel. When that tab closes, the next one takes over and continues from the
// last id, so that nothing is missed. Pages listen to `candlewick:event` and `candlewick:state` on `window`.
const NAMES = [
  "quote", "bar", "indicator", "signal", "prediction", "sentiment", "alert", "job", "onboarding", "report", "import", "portfolio", "resync",
];
const STALE_MS = 45_000;

const channel = new BroadcastChannel("candlewick-live");
const tab = crypto.randomUUID?.() ?? String(Math.random());
const others = new Map(); // tab -> {symbols, seen_ms}; every tab keeps it, so that any of them can lead
let mine = new Set();
let leading = false;
let started = false;
let stream = null;
let stream_symbols = "";
let last_id = "";
let state = "connecting";
let retry_ms = 1000;
let retry_timer = 0;

function tell(kind, detail) {
  window.dispatchEvent(new CustomEvent(`candlewick:${kind}`, { detail }));
}

function setState(next) {
  if (next === state) return;
  state = next;
  tell("state", next);
  if (leading) channel.postMessage({ kind: "state", state });
}

function union() {
  const all = new Set(mine);
  const now = performance.now();
  for (const [other, entry] of others) {
    if (now - entry.seen_ms > STALE_MS) others.delete(other);
    else entry.symbols.forEach((symbol) => all.add(symbol));
  }
  return [...all].slice(0, 100).sort().join(",");
}

function open() {
  clearTimeout(retry_timer);
  stream?.close();
  stream_symbols = union();
  const query = new URLSearchParams({ symbols: stream_symbols });
  if (last_id) query.set("lastEventId", last_id);
  const opened = new EventSource(`/api/live?${query}`);
  stream = opened;
  opened.onopen = () => {
    retry_ms = 1000;
    setState("live");
  };
  opened.onerror = () => {
    // A new stream with our own last id: the browser's own retry gives up after an HTTP error.
    opened.close();
    if (stream !== opened) return;
    setState("reconnecting");
    retry_timer = setTimeout(open, retry_ms * (0.75 + Math.random() / 2));
    retry_ms = Math.min(retry_ms * 2, 15_000);
  };
  for (const name of NAMES) {
    opened.addEventListener(name, (event) => {
      if (event.lastEventId) last_id = event.lastEventId;
      const message = { kind: "event", name, data: event.data, id: event.lastEventId };
      tell("event", message);
      channel.postMessage(message);
    });
  }
}

function refresh() {
  if (leading && union() !== stream_symbols) open();
}

function announce() {
  if (started) channel.postMessage({ kind: "want", tab, symbols: [...mine] });
}

channel.onmessage = ({ data }) => {
  if (data.kind === "want") {
    others.set(data.tab, { symbols: data.symbols, seen_ms: performance.now() });
    refresh();
    if (leading) channel.postMessage({ kind: "state", state });
  } else if (data.kind === "ask") {
    announce();
  } else if (data.kind === "gone") {
    others.delete(data.tab);
    refresh();
  } else if (!leading && data.kind === "event") {
    if (data.id) last_id = data.id;
    tell("event", data);
  } else if (!leading && data.kind === "state") {
    setState(data.state);
  }
};

function lead() {
  leading = true;
  channel.postMessage({ kind: "ask" });
  open();
  return new Promise(() => {}); // holds the lock until the tab closes
}

function start() {
  started = true;
  setInterval(announce, 15_000);
  addEventListener("pagehide", () => channel.postMessage({ kind: "gone", tab }));
  addEventListener("online", () => leading && open());
  addEventListener("offline", () => {
    // What still trickles in through an old connection would look like a live page.
    clearTimeout(retry_timer);
    stream?.close();
    setState("reconnecting");
  });
  if (navigator.locks) navigator.locks.request("candlewick-live", lead);
  else lead();
}

addEventListener("candlewick:want", ({ detail }) => {
  mine = new Set(JSON.parse(detail));
  if (!started) start();
  announce();
  refresh();
});
tell("ready");
