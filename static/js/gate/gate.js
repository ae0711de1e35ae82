/* The screen of a gate: result first, under the camera; the badge and the queue always tell the truth. */

import { Book, fold } from "./book.js"
import { Camera } from "./camera.js"
import { fill, hour, row, say } from "./screen.js"

const main = document.querySelector("[data-gate]")
const { enrolment, roll, send, worker, decoder, service } = main.dataset
const book = new Book(Number(enrolment), { roll, send })
const one = (name) => document.querySelector(`[data-${name}]`)
const gateName = one("gate-name")
const sitting = one("sitting")
const GATE = `cong-ten-${enrolment}`
const AGAIN = 4000 // milliseconds in which the same code held to the camera is one scan
const EVERY = 10000
const RELOAD = 300000

let last = { text: "", at: 0 }

const gate = () => gateName.value.trim() || "Cổng chính"
const chosen = () => Number(sitting.value) || book.sittings[0]?.id || 0

const show = () => {
  const here = chosen()
  const came = [...book.arrivals.keys()].filter((key) => key.endsWith(`:${here}`)).map((key) => key.slice(0, key.lastIndexOf(":")))
  const waiting = book.queue.filter((scan) => !scan.refused)
  const net = { online: "Có mạng", offline: "Mất mạng, vẫn ghi", "signed-out": "Phải đăng nhập lại để gửi", starting: "Đang mở" }
  say(one("net"), net[book.state])
  one("net").classList.toggle("off", book.state !== "online")
  one("sign-in").hidden = book.state !== "signed-out"
  say(one("waiting"), waiting.length ? `Chờ gửi ${waiting.length}` : "Đã gửi hết")
  one("waiting-since").hidden = !waiting.length
  if (waiting.length) say(one("waiting-since"), `từ ${hour(waiting[0].at)}`)
  fill(one("refused"), book.queue.filter((scan) => scan.refused).map((scan) => row(`${hour(scan.at)}: ${scan.refused}`)))
  say(one("came"), String(came.length))
  say(one("of"), book.hasRoll ? ` trong ${book.people.length}` : "")
  one("blind").hidden = book.hasRoll || book.state === "starting"
  tally(new Set(came.map(Number)))
}

const tally = (came) => {
  const counts = new Map()
  for (const person of book.people) {
    const label = book.kinds[person.kind] || "Khách, đơn vị khác"
    const count = counts.get(label) || { all: 0, here: 0 }
    count.all += 1
    count.here += came.has(person.id) ? 1 : 0
    counts.set(label, count)
  }
  fill(one("tally"), [...counts].map(([label, { all, here }]) => row(label, { share: here / all, words: `${here}/${all}` })))
}

const result = (kind, heading, name, under, scan = null) => {
  const card = one("result")
  card.className = `res ${kind}`
  card.hidden = false
  main.dataset.results = Number(main.dataset.results || 0) + 1
  say(one("result-in"), heading)
  say(one("result-name"), name)
  say(one("result-under"), under)
  one("undo").hidden = !scan
  one("undo").onclick = async () => {
    await book.undo(scan)
    result("was", "Đã hoàn tác", name, "Lượt vào vừa rồi không tính.")
    show()
    sync()
  }
  if (kind !== "ok") navigator.vibrate?.([80, 60, 80])
  else navigator.vibrate?.(60)
}

const under = (person) => [person.title, person.unit].filter(Boolean).join(", ")

const letIn = async (person, who) => {
  const known = book.arrivalOf(person.id, chosen())
  if (known) {
    result("was", `Đã vào lúc ${hour(known.at)}, ${known.gate}`, person.name, `${under(person)}. Không ghi lần nữa.`)
    return
  }
  const scan = await book.enter(who, chosen(), gate())
  const note = person.waits ? " Người này ở danh sách chờ." : ""
  result("ok", `Đã vào ${hour(scan.at)}`, person.name, under(person) + note, scan)
  show()
  sync()
}

const seen = async (text) => {
  const isSame = last.text === text && Date.now() - last.at < AGAIN
  last = { text, at: Date.now() }
  if (!isSame) await scanned(text)
}

const scanned = async (text) => {
  const { code, person } = book.personOf(text)
  if (person) await letIn(person, { code })
  else if (!code) result("no", "Không phải vé", "Mã này không phải vé dự sự kiện", "Hỏi tên rồi tìm, hoặc ghi khách.")
  else if (book.hasRoll) result("no", "Không có trong danh sách", "Vé lạ hoặc đã rút", "Hỏi tên rồi tìm, hoặc ghi khách.")
  else await blind(code)
}

/* Without a roll a code is written all the same; the server knows who it is. */
const blind = async (code) => {
  const known = book.arrivalOf(code, chosen())
  if (known) {
    result("was", `Mã này đã ghi lúc ${hour(known.at)}`, "Chưa biết tên", "Không ghi lần nữa.")
    return
  }
  const scan = await book.enter({ code }, chosen(), gate())
  result("ok", `Đã ghi mã ${hour(scan.at)}`, "Chưa biết tên", "Có mạng thì hiện tên.", scan)
  show()
  sync()
}

const search = () => {
  const words = fold(one("search").value).split(/\s+/).filter(Boolean)
  const number = Number(words.join(""))
  const found = words.length
    ? book.people.filter((person) => person.number === number || words.every((word) => person.folded.includes(word)))
    : []
  const rows = found.slice(0, 8).map((person) => {
    const known = book.arrivalOf(person.id, chosen())
    const act = known ? null : () => letIn(person, { person: person.id }).then(search)
    return row(person.name, { sub: `${under(person)}${known ? `, đã vào ${hour(known.at)}` : ""}`, act, done: Boolean(known) })
  })
  fill(one("found"), rows)
  say(one("found-note"), words.length && !found.length ? "Không có ai như vậy." : found.length > 8 ? `Còn ${found.length - 8} người nữa, gõ thêm.` : "")
}

/* A reader of codes with a cable types the code and Enter; a name that fits one person alone lets them in. */
const typed = async (event) => {
  event.preventDefault()
  const box = one("search")
  const button = one("found").querySelectorAll("button")
  if (book.personOf(box.value).code) {
    const text = box.value
    box.value = ""
    search()
    await scanned(text)
  } else if (button.length === 1) button[0].click()
}

const guest = async (event) => {
  event.preventDefault()
  const { name, unit } = Object.fromEntries(new FormData(event.target))
  if (name.trim().length < 2) return
  const scan = await book.enter({ guest: { id: crypto.randomUUID(), name: name.trim(), unit: unit.trim() } }, chosen(), gate())
  result("ok", `Khách đã vào ${hour(scan.at)}`, name.trim(), unit.trim(), scan)
  event.target.reset()
  one("guest").open = false
  show()
  sync()
}

const sync = async () => {
  if (book.queue.some((scan) => !scan.refused)) await book.send()
  show()
}

const chooseSitting = () => {
  const before = sitting.value
  const near = book.sittings.reduce((best, other) => (Math.abs(other.at - book.now()) < Math.abs(best.at - book.now()) ? other : best), book.sittings[0])
  fill(sitting, book.sittings.map(({ id, label }) => new Option(label, id, false, id === near?.id)))
  if (book.sittings.some(({ id }) => String(id) === before)) sitting.value = before
  fill(one("units"), book.units.map((unit) => new Option(unit)))
}

const camera = new Camera(one("video"), { worker, decoder, found: seen })
const scan = async () => {
  try {
    await camera.start()
    one("cam-note").hidden = true
  } catch {
    say(one("cam-note"), "Không mở được máy ảnh: cho phép máy ảnh, hoặc tìm theo tên, gõ số trên vé.")
  }
}

const keepPage = async () => {
  const registration = await navigator.serviceWorker.register(service, { scope: "/admin/cong/" })
  await navigator.serviceWorker.ready
  const used = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/static/"))
  const files = [location.origin + location.pathname, new URL(worker, location).href, new URL(decoder, location).href]
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kept) main.dataset.ready = "1"
  })
  registration.active.postMessage({ keep: [...new Set([...files, ...used])] })
}

const begin = async () => {
  gateName.value = localStorage.getItem(GATE) || gateName.value
  gateName.addEventListener("change", () => localStorage.setItem(GATE, gate()))
  sitting.addEventListener("change", () => { show(); search() })
  one("search").addEventListener("input", search)
  one("search").form.addEventListener("submit", typed)
  one("guest-form").addEventListener("submit", guest)
  one("scan").addEventListener("click", scan)
  one("new-guest").addEventListener("click", () => {
    one("guest").open = true
    one("guest").querySelector("input").focus()
  })
  one("reload").addEventListener("click", () => book.load().then(chooseSitting).then(sync))
  addEventListener("online", sync)
  addEventListener("offline", () => { book.state = "offline"; show() })
  await book.open()
  chooseSitting()
  show()
  main.dataset.open = "1"
  await sync()
  setInterval(sync, EVERY)
  setInterval(() => book.state === "online" && book.load().then(chooseSitting).then(show), RELOAD)
  if ("serviceWorker" in navigator) await keepPage().catch(() => {})
  if (location.hash === "#quet") await scan()
}

begin()
