// The page's own chores: the service worker, and menus that close.
//
// When a newer service worker waits, `candlewick:update` is dispatched on `window` and <html data-update> is set;
// answering with `candlewick:update-now` lets it take over and loads the page again.
let asked = false;

function offer(registration) {
  document.documentElement.dataset.update = "";
  window.dispatchEvent(new CustomEvent("candlewick:update"));
  addEventListener("candlewick:update-now", () => {
    asked = true;
    registration.waiting?.postMessage({ kind: "skip-waiting" });
  });
}

async function register() {
  const workers = navigator.serviceWorker;
  workers.addEventListener("controllerchange", () => {
    if (asked) location.reload();
  });
  const registration = await workers.register("/sw.js", { scope: "/", updateViaCache: "none" });
  if (registration.waiting && workers.controller) offer(registration);
  registration.addEventListener("updatefound", () => {
    const next = registration.installing;
    next?.addEventListener("statechange", () => {
      // The very first worker replaces nobody, so there is nothing to offer.
      if (next.state === "installed" && workers.controller) offer(registration);
    });
  });
}

// Only on https and localhost is there a `serviceWorker`; elsewhere pages work the same, online.
if ("serviceWorker" in navigator) {
  const start = () => register().catch((error) => console.warn("no service worker", error));
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}

// A click elsewhere closes what hangs under a <details class="menu">; Escape does too and gives the focus back.
addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
});
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
