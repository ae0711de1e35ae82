/* The writing screen saves by itself: some seconds after typing, on leaving, when the line is back. */

import { joinTexts } from "./join.js"
import { drop, dropAllOnSignOut, keep, keyOf, move, read } from "./local-copy.js"
import { isAlive, signInAgain } from "./session.js"

const PAUSE = 2500 // milliseconds without a key
const LONGEST = 12000 // somebody who never pauses is saved too
const RETRY = 8000
const LOOK = 20000
const FIELDS = ["title", "lead", "body"]

const form = document.querySelector("[data-editor-form]")
const says = form.querySelector("[data-saved]")
const here = form.querySelector("[data-here]")
const box = (name) => form.elements[name]
const area = () => form.querySelector(".prose-editor .tiptap")?.editor
const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" })

let { user, autosave: address, situation, story } = form.dataset
let changed = 0 // counts what was typed; `held` is the count the server has acknowledged
let held = 0
let first = 0
let timer
let sending = null
let isKept = true
let isJoining = false
let hasRows = false
let left = 0

const key = () => keyOf(user, story || "moi")
const say = (words, state = "") => {
  says.textContent = words
  says.dataset.state = state
}
const texts = () => Object.fromEntries(FIELDS.map((name) => [name, box(name).value]))

const remember = () => {
  isKept = keep(key(), { at: clock(), number: box("seen_number").value, texts: texts() })
}

const schedule = (pause = PAUSE) => {
  clearTimeout(timer)
  const left = first ? Math.max(0, first + LONGEST - Date.now()) : LONGEST
  timer = setTimeout(save, Math.min(pause, left))
}

const noteChange = (event) => {
  if (event.target.closest(".inline-group")) hasRows = true // names under the story go with the form alone
  if (event.target.closest("dialog, .inline-group")) return
  changed += 1
  first ||= Date.now()
  say("Đang gõ…", "typing")
  remember()
  schedule()
}

const setTexts = (words) => {
  box("title").value = words.title
  box("lead").value = words.lead
  if (area()) area().commands.setContent(words.body)
  else box("body").value = words.body
  for (const name of ["title", "lead"]) box(name).dispatchEvent(new Event("input", { bubbles: true }))
}

const open = (answer) => {
  if (story) return
  move(key(), keyOf(user, answer.id))
  story = String(answer.id)
  form.dataset.story = story
  history.replaceState(null, "", answer.page)
  form.action = answer.page
}

const took = (answer, count) => {
  held = count
  first = 0
  if (answer.empty) return say("Chưa có chữ nào", "")
  open(answer)
  ;({ autosave: address, situation } = answer)
  box("seen_number").value = answer.draft_number
  const refused = Object.values(answer.refused).flat()
  if (refused.length) {
    // What could not be stored stays on the screen and on this device.
    say(`Đã lưu ${answer.saved_at}, trừ: ${refused.join(" ")}`, "bad")
    return
  }
  if (held === changed) {
    drop(key())
    say(`Đã lưu ${answer.saved_at}`, "ok")
  }
  form.dispatchEvent(new CustomEvent("draft:saved", { detail: answer, bubbles: true }))
}

const differ = async (theirs) => {
  if (isJoining) return
  isJoining = true
  say("Có hai bản khác nhau: xin chọn", "bad")
  const reason = `${theirs.message ?? ""}`.split(". ")[0]
  const joined = await joinTexts({ mine: texts(), theirs, who: theirs.last.split(",")[0], reason })
  isJoining = false
  if (!joined) return say("Chưa ghép hai bản; chữ của bạn giữ trên máy này", "bad")
  box("seen_number").value = theirs.draft_number
  setTexts(joined)
  changed += 1
  remember()
  save()
}

const post = async (options = {}) =>
  fetch(address, { method: "POST", body: new FormData(form), redirect: "manual", ...options })

const attempt = async (count) => {
  let response = await post()
  if (response.type === "opaqueredirect" || response.status === 403) {
    if (!(await isAlive(form))) {
      say("Phiên làm việc đã hết; chữ của bạn vẫn còn. Xin đăng nhập lại.", "bad")
      await signInAgain(form)
    }
    response = await post()
  }
  if (response.ok) return took(await response.json(), count)
  if (response.status === 409) return differ((await response.json()).conflict)
  throw new Error(`status ${response.status}`)
}

const save = async () => {
  clearTimeout(timer)
  if (sending || isJoining || held === changed) return sending
  const count = changed
  say("Đang lưu…", "saving")
  sending = attempt(count)
    .catch(() => {
      const where = isKept ? `đã giữ trên máy này lúc ${clock()}` : "đừng đóng trang này"
      say(`Chưa gửi được; chữ của bạn ${where}. Sẽ gửi lại khi có mạng.`, "bad")
      schedule(RETRY)
    })
    .finally(() => {
      sending = null
      if (held !== changed && !isJoining && says.dataset.state !== "bad") schedule()
    })
  return sending
}

const leave = () => {
  if (held === changed || left === changed || isJoining) return
  left = changed // hidden first, gone next: one parting request is enough
  remember()
  // A browser refuses more than 64 KB on its way out: a tab that is only hidden sends it the plain way,
  // and one that goes has its copy on this device.
  if (!sending) post({ keepalive: true }).catch(() => post({})).catch(() => {})
}

const look = async () => {
  if (!situation || document.hidden) return
  try {
    const response = await fetch(situation, { redirect: "manual" })
    if (!response.ok) return
    const { others, draft_number: number, last } = await response.json()
    const notes = others.length ? [`${others.join(", ")} cũng đang mở bài này.`] : []
    if (String(number) !== box("seen_number").value && !sending) notes.push(`Có bản mới hơn (${last}).`)
    here.textContent = notes.join(" ")
    here.hidden = !notes.length
  } catch {
    here.hidden = true
  }
}

const wordsOf = (html) => {
  const root = new DOMParser().parseFromString(html, "text/html").body
  return `${root.textContent.replace(/\s+/g, " ").trim()} ${root.querySelectorAll("figure").length}`
}
const isSame = (copy, stored) => FIELDS.every((name) => wordsOf(copy.texts[name]) === wordsOf(stored[name]))

/* A copy left on this device by a page that could not send it. */
const offerCopy = () => {
  const stored = texts()
  const opened = keyOf(user, "moi") // sent as a new story by the form itself: this page is what became of it
  const left = story && read(opened)
  if (left && isSame(left, stored)) drop(opened)
  const copy = read(key())
  if (!copy) return
  if (isSame(copy, stored)) return drop(key())
  const offer = document.querySelector("[data-local-copy]")
  offer.querySelector("[data-at]").textContent = copy.at
  offer.hidden = false
  offer.querySelector("[data-look]").onclick = async () => {
    const theirs = { ...stored, last: "bản trên máy chủ", draft_number: box("seen_number").value }
    const reason = `Bản giữ trên máy này lúc ${copy.at} khác bản trên máy chủ`
    const joined = await joinTexts({ mine: copy.texts, theirs, who: "máy chủ", reason })
    if (!joined) return
    offer.hidden = true
    setTexts(joined)
    changed += 1
    save()
  }
  offer.querySelector("[data-drop]").onclick = () => {
    offer.hidden = true
    drop(key())
  }
}

form.addEventListener("input", noteChange)
form.addEventListener("change", noteChange)
form.addEventListener("submit", () => {
  remember() // a refused page shows it again, an accepted one makes it equal to what is stored
  clearTimeout(timer)
  held = changed
  hasRows = false
})
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : look()))
window.addEventListener("pagehide", leave)
window.addEventListener("online", save)
window.addEventListener("beforeunload", (event) => {
  if (hasRows || (held !== changed && !isKept)) event.preventDefault()
})
dropAllOnSignOut()
offerCopy()
look()
setInterval(look, LOOK)
