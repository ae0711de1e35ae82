// Public pages that were read are shown again, with the time they were kept, when the network is gone or very slow.
// What and how long: docs/decisions/0025-pages-without-the-network.md. `self.SHELL` (/sw.js): version and files.
const PAGES = "doc-trang-1", PHOTOS = "doc-anh-1", SHELL = `doc-khung-${self.SHELL.version}`;
const HOUR = 3600 * 1000;
// As long as the law gives the site to take a name or a photo down (media/views.py).
const LIFE = 48 * HOUR;
const MOST_PAGES = 30, MOST_PHOTOS = 60, LARGEST_PHOTO = 120 * 1024;
const PATIENCE = 4000; // milliseconds a reader who has a copy waits for the network
const KEPT_AT = "X-Kept-At";

// Never kept: the office, previews, what somebody searched, and what says something about one person.
const PRIVATE = /^\/(?:admin|api|hien-thi|khen-thuong\/xac-minh|static|tim-kiem|uploads|ve|xem-truoc)\//;
const SIGN_OUT = "/admin/logout/";
const TRACKING = /^(?:utm_\w+|fbclid|gclid|zarsrc|zalo_\w+)$/; // as foundation/pagestore/addresses.py
const PLACES = new Set(["truoc", "sau", "thang", "sap"]); // where in a list: no word anybody typed

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const shell = await caches.open(SHELL);
    await shell.addAll([new Request(self.SHELL.page, { cache: "reload" }), ...self.SHELL.files]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    await self.registration.navigationPreload?.enable();
    for (const name of await caches.keys()) {
      if (![PAGES, PHOTOS, SHELL].includes(name)) await caches.delete(name);
    }
    await self.clients.claim();
    await keepOpenPages();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname === SIGN_OUT) event.waitUntil(forgetEverything());
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(PRIVATE.test(url.pathname) ? fromNetwork(event) : page(event, addressOf(url)));
  } else if (url.pathname.startsWith("/uploads/anh/") && !isOffice(request.referrer)) {
    event.respondWith(photo(event));
  } else if (self.SHELL.files.some((file) => bare(file) === bare(url.pathname))) {
    event.respondWith(fetch(request).catch(() => ofShell(url.pathname)));
  }
});

// --- pages ---

// Under which address a page is kept; "" for one that is not.
function addressOf(url) {
  if (!url.pathname.endsWith("/") || PRIVATE.test(url.pathname)) return "";
  const words = [...url.searchParams].filter(([name]) => !TRACKING.test(name));
  if (words.length > 1 || words.some(([name, value]) => !PLACES.has(name) || !/^[a-z0-9-]{1,40}$/.test(value))) return "";
  return url.origin + url.pathname + words.map(([name, value]) => `?${name}=${value}`).join("");
}

// The browser asks while this worker wakes up; the answer it already has is the one to use.
async function fromNetwork(event) {
  return (await event.preloadResponse) || fetch(event.request);
}

async function page(event, address) {
  const answer = fromNetwork(event).then((response) => {
    if (address) event.waitUntil(learn(address, response));
    return response;
  });
  event.waitUntil(answer.catch(() => {})); // a late answer is learnt from, too
  const copy = address && await copyOf(address);
  if (!copy) return answer.catch(() => offlinePage(new URL(event.request.url)));
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  const first = await Promise.race([answer, late]).catch(() => null);
  return first || shown(copy, first === null ? "Đang mất mạng." : "Mạng đang rất chậm.");
}

// Keep the page or, taken down, moved or made private, forget it.
async function learn(address, response) {
  if (response.status >= 500 || response.status === 429) return; // the server's trouble, no word about the page
  const says = (name) => response.headers.get(name) || "";
  const isPrivate = /no-store|private/.test(says("Cache-Control"));
  const isPublic = /\bpublic\b/.test(says("Cache-Control")) && !isPrivate;
  if (response.status === 200 && isPublic && says("Content-Type").startsWith("text/html")) {
    await keep(PAGES, address, await response.clone().text(), response.headers, MOST_PAGES, LIFE);
  } else if (response.status !== 200 || isPrivate) {
    await forget(address, [404, 410].includes(response.status));
  }
}

// With a page that is gone go the lists that name it, and its photos.
async function forget(address, isGone) {
  const pages = await caches.open(PAGES);
  const gone = await pages.match(address);
  await pages.delete(address);
  if (!isGone) return;
  const link = `href="${new URL(address).pathname}"`;
  for (const request of await pages.keys()) {
    if ((await (await pages.match(request)).text()).includes(link)) await pages.delete(request);
  }
  const photos = gone ? (await gone.text()).match(/\/uploads\/anh\/[0-9a-f]{64}\//g) || [] : [];
  for (const folder of new Set(photos)) await forgetPhoto(folder);
}

async function copyOf(address) {
  const copy = await (await caches.open(PAGES)).match(address);
  return copy && isYoung(copy, LIFE) ? copy : null;
}

// A reader's first page was read before this worker was there.
async function keepOpenPages() {
  for (const client of await self.clients.matchAll({ type: "window" })) {
    const address = addressOf(new URL(client.url));
    if (address && !await copyOf(address)) await fetch(address).then((response) => learn(address, response)).catch(() => {});
  }
}

async function shown(copy, trouble) {
  const html = await copy.text();
  const photos = new Set((html.match(/\/uploads\/anh\/[0-9a-f]{64}\//g) || []));
  const kept = (await (await caches.open(PHOTOS)).keys()).map((request) => folderOf(request.url));
  const lacking = [...photos].some((folder) => !kept.includes(folder)) ? " Ảnh sẽ hiện khi có mạng lại." : "";
  const words = `<strong>${trouble}</strong> Bạn đang đọc bản lưu lúc ${moment(copy)}.${lacking}`;
  const note = `<aside class="wrap" aria-label="Bản lưu"><p class="note mt4" role="status">${words}</p></aside>`;
  return asPage((await inLastDisplay(html)).replace("<main ", () => `${note}<main `), copy.headers, 200);
}

// The page for what was not kept; its button opens again what was asked for.
async function offlinePage({ pathname: asked, search: query }) {
  const template = await (await caches.open(SHELL)).match(self.SHELL.page);
  if (!template) return Response.error();
  const pages = await caches.open(PAGES);
  const rows = [];
  for (const request of (await pages.keys()).reverse()) {
    const copy = await pages.match(request);
    if (!isYoung(copy, LIFE)) continue;
    const title = /<title>([^<]*?)(?: – [^<–]*)?<\/title>/.exec(await copy.text())?.[1];
    const { pathname, search } = new URL(request.url);
    rows.push(`<li><a href="${pathname}${search}">${title}</a> <span class="sub">Lưu lúc ${moment(copy)}</span></li>`);
  }
  const list = rows.length ? `<h2>Trang đã lưu trên máy này</h2><ul>${rows.join("")}</ul>` : "";
  const again = `href="${asked}${query.replaceAll("&", "&amp;")}"`;
  const html = (await inLastDisplay(await template.clone().text()))
    .replace("<!-- các trang đã lưu -->", () => list)
    .replace(`href="${self.SHELL.page}"`, () => again);
  return asPage(html, template.headers, 503);
}

// The reader's letters and colours are in a cookie no script reads: the last page kept was drawn with them.
async function inLastDisplay(html) {
  const pages = await caches.open(PAGES);
  const last = (await pages.keys()).at(-1);
  const tag = last && /<html [^>]*>/.exec(await (await pages.match(last)).text())?.[0];
  return tag ? html.replace(/<html [^>]*>/, () => tag) : html;
}

function asPage(html, headers, status) {
  const said = new Headers(headers);
  said.set("Cache-Control", "no-store");
  return new Response(html, { status, headers: said });
}

function moment(copy) {
  const at = new Date(Number(copy.headers.get(KEPT_AT)));
  const two = (number) => String(number).padStart(2, "0");
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? time : `${time}, ${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
}

// --- photos and the frame ---

async function photo(event) {
  const { url } = event.request;
  try {
    const response = await fetch(event.request);
    event.waitUntil(learnPhoto(url, response));
    return response;
  } catch {
    const photos = await caches.open(PHOTOS);
    const same = (await photos.keys()).find((request) => folderOf(request.url) === folderOf(url)); // any size will do
    const copy = (await photos.match(url)) || (same && await photos.match(same));
    return copy && isYoung(copy, LIFE) ? copy : Response.error();
  }
}

async function learnPhoto(url, response) {
  if ([403, 404, 410].includes(response.status)) await forgetPhoto(folderOf(url));
  if (response.status !== 200 || !/\bpublic\b/.test(response.headers.get("Cache-Control") || "")) return;
  const picture = await response.clone().blob();
  if (picture.size <= LARGEST_PHOTO) await keep(PHOTOS, url, picture, response.headers, MOST_PHOTOS, LIFE);
}

async function forgetPhoto(folder) {
  const photos = await caches.open(PHOTOS);
  for (const request of await photos.keys()) if (folderOf(request.url) === folder) await photos.delete(request);
}

const folderOf = (url) => new URL(url, location).pathname.replace(/[^/]*$/, "");
const isOffice = (referrer) => Boolean(referrer) && PRIVATE.test(new URL(referrer).pathname);
// A page kept before a new release names the sheet of then: the one of now dresses it.
const bare = (path) => path.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");

async function ofShell(path) {
  const file = self.SHELL.files.find((one) => bare(one) === bare(path));
  return (await (await caches.open(SHELL)).match(file)) || Response.error();
}

// --- what is kept ---

// Put last: the first ones were read longest ago. A full device keeps nothing new.
async function keep(name, address, body, headers, most, life) {
  const cache = await caches.open(name);
  const said = new Headers(headers);
  for (const lost of ["Content-Encoding", "Content-Length", "Vary"]) said.delete(lost);
  said.set(KEPT_AT, Date.now());
  await cache.delete(address);
  await cache.put(address, new Response(body, { headers: said })).catch(() => {});
  const kept = await cache.keys();
  for (const request of kept.slice(0, -most)) await cache.delete(request);
  for (const request of kept.slice(-most)) {
    const copy = await cache.match(request);
    if (copy && isYoung(copy, life)) break;
    await cache.delete(request);
  }
}

function isYoung(copy, life) {
  return Date.now() - Number(copy.headers.get(KEPT_AT)) < life;
}

// On a shared machine nothing is left after signing out.
async function forgetEverything() {
  await caches.delete(PAGES);
  await caches.delete(PHOTOS);
}
