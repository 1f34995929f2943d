// The service worker: opens Candlewick without a connection. The build puts `self.CANDLEWICK` above this line, the
// list of the built files ({files: name -> address, version}); the version names the caches.
//
// - Files under /assets/ carry a hash of their content: from the cache, for ever.
// - Pages: from the network; without one the last copy, marked as such, then /offline.html.
// - /api/ is never answered here. Copies of pages belong to who is logged in: any change of the account drops them.
const { files, version } = self.CANDLEWICK;
const ASSETS = `candlewick-assets-${version}`;
const PAGES = `candlewick-pages-${version}`;
const MOST_PAGES = 40;
const OFFLINE = "/offline.html";

const precached = [...new Set(Object.values(files).filter((address) => address.startsWith("/assets/"))), OFFLINE];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(ASSETS).then((cache) => cache.addAll(precached)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("message", (event) => {
  if (event.data?.kind === "skip-waiting") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/api/")) {
    const is_account = /^\/api\/(account|auth)\//.test(url.pathname);
    if (is_account && request.method !== "GET") event.waitUntil(caches.delete(PAGES));
    return;
  }
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.mode === "navigate") event.respondWith(page(event));
});

async function takeOver() {
  const mine = new Set([ASSETS, PAGES]);
  const old = (await caches.keys()).filter((name) => name.startsWith("candlewick-") && !mine.has(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function asset(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(event) {
  const { request } = event;
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(request));
    event.waitUntil(remember(request, answer.clone()));
    return answer;
  } catch {
    const copy = await (await caches.open(PAGES)).match(request);
    return (copy && (await marked(copy))) ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

// A copy says of when it is: <html data-copy-of="Thu, 10 Mar 2022 21:00:00 GMT">.
async function marked(copy) {
  const html = (await copy.text()).replace("<html ", `<html data-copy-of="${copy.headers.get("date") ?? ""}" `);
  const headers = new Headers(copy.headers);
  // The text is not compressed any more.
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response(html, { status: copy.status, headers });
}

// Keeps a page that was really shown. One that now leads elsewhere (the session ended) is forgotten.
async function remember(request, answer) {
  const is_page = answer.headers.get("content-type")?.startsWith("text/html");
  const pages = await caches.open(PAGES);
  if (answer.type === "opaqueredirect") await pages.delete(request);
  if (!answer.ok || answer.redirected || !is_page) return;
  await pages.delete(request); // so that the newest stand last
  await pages.put(request, answer);
  const kept = await pages.keys();
  await Promise.all(kept.slice(0, -MOST_PAGES).map((oldest) => pages.delete(oldest)));
}
