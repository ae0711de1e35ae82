// Keeps the empty page of a gate and its files, so that it opens without the network. Stands below /admin/cong/ only.
// No name is in what is kept here: the roll is sealed elsewhere (store.js), and this never sees it.
const KEPT = "cong-1";
const PATIENCE = 4000; // milliseconds before the kept copy is shown instead

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page says which files it used, hashed names and all.
self.addEventListener("message", (event) => {
  const wanted = (event.data?.keep || []).filter((address) => new URL(address).origin === location.origin);
  event.waitUntil(Promise.all(wanted.map(fetchAndKeep)).then(() => event.source?.postMessage({ kept: wanted.length })));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const isGate = request.mode === "navigate" && /^\/admin\/cong\/\d+\/$/.test(url.pathname);
  if (isGate || url.pathname.startsWith("/static/")) event.respondWith(answer(event, url.origin + url.pathname));
});

async function answer(event, address) {
  const kept = await (await caches.open(KEPT)).match(address);
  const fresh = fetch(event.request).then((response) => {
    if (response.status === 200 && !response.redirected) event.waitUntil(keep(address, response.clone()));
    return response;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  return (await Promise.race([fresh, late]).catch(() => null)) || kept;
}

async function fetchAndKeep(address) {
  const response = await fetch(address).catch(() => null);
  if (response?.status === 200 && !response.redirected) await keep(address, response);
}

async function keep(address, response) {
  await (await caches.open(KEPT)).put(address, response).catch(() => {});
}
