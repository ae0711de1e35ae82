/* The writing screen saves by itself: some seconds after typing, on leaving, when the line is back. */

import { joinTexts } from "./join.js"
import { drop, keep } from "../office/device.js"
import { newName } from "../office/saved-copy.js"
import { keyOf, move } from "./local-copy.js"
import { watchParting } from "./parting.js"
import { showRefused } from "./refusals.js"
import { box, choicesIn, fields, isWritten, rowsAreKnown, showRows, texts, touched, WORDS, write } from "./screen.js"
import { isAlive, PATIENCE, SignInPutOff, signInAgain } from "./session.js"
import { guardSubmits } from "./submitting.js"
import { forgetOpened, isWaiting, postpone, watchCopies } from "./waiting.js"

const PAUSE = 2500 // milliseconds without a key
const LONGEST = 12000 // somebody who never pauses is saved too
const RETRY = 8000
const LOOK = 20000

const form = document.querySelector("[data-editor-form]")
const says = form.querySelector("[data-saved]")
const here = form.querySelector("[data-here]")
const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" })

let { user, autosave: address, situation, compare: comparing, story } = form.dataset
let changed = 0 // counts what was typed; `held` is the count the server has acknowledged
let held = 0
let first = 0
let timer
let sending = null
let isKept = true
let isJoining = false
let refused = false // the server holds all but what is said at its field
let base = fields() // as the server knows them, or as the page came
let isPostponed = false // two texts wait to be joined: saving on would only ask again
let inDoubt = [] // sent, and no answer yet: the server may hold these words
let noted = "" // what the screen held when it was last remembered
let notSent = "" // what a pressed button could not do without a line

const key = () => keyOf(user, story || "moi")
const say = (words, state = "") => {
  says.textContent = words
  says.dataset.state = state
}
const now = () => ({ texts: texts(), fields: fields() })

/* `name` is told to the server with the words that leave now; what is typed after them has none. */
const remember = (name) => {
  const state = now()
  noted = JSON.stringify(state)
  const said = { name, at: clock(), time: Date.now(), number: box("seen_number").value, touched: touched(state.fields, base) }
  isKept = keep(key(), { ...said, ...state })
}

const schedule = (pause = PAUSE) => {
  clearTimeout(timer)
  const left = first ? Math.max(0, first + LONGEST - Date.now()) : LONGEST
  timer = setTimeout(() => save(), Math.min(pause, left))
}

/* Left by the next press, a box tells once more what was typed into it. Said again as "Đang gõ…", that could
   move the button away under the finger. */
const isNoted = ({ type }) => type === "change" && JSON.stringify(now()) === noted

/* The text is no longer what was sent: sending it is the next step again. */
const wake = () => {
  const bar = form.querySelector("[data-calm]")
  if (!bar) return
  bar.removeAttribute("data-calm")
  bar.querySelector("[data-calm-words]").hidden = true
  bar.querySelector("[data-calm-next]")?.classList.remove("primary")
  bar.querySelector('[name="_submit"]').classList.add("primary")
}

const noteChange = (event) => {
  if (isWritten() || event.target.closest?.("dialog") || isNoted(event)) return
  changed += 1
  wake()
  first ||= Date.now()
  say("Đang gõ…", "typing")
  remember()
  schedule()
}

const open = (answer) => {
  if (story) return
  move(key(), keyOf(user, answer.id))
  story = String(answer.id)
  form.dataset.story = story
  history.replaceState(null, "", answer.page)
  form.action = answer.page
  showRows(answer.bylines)
}

const took = (answer, count) => {
  held = count
  first = 0
  if (answer.empty) return say("Chưa có chữ nào", "")
  open(answer)
  ;({ autosave: address, situation, compare: comparing } = answer)
  inDoubt = []
  box("seen_number").value = answer.draft_number
  const words = showRefused(answer.refused)
  refused = Boolean(words)
  if (refused) {
    // It stays on the screen and on this device, and is no stored text.
    remember()
    say(`${words} Chữ ấy ${isKept ? "giữ trên máy này" : "còn ở đây, đừng đóng trang này"}.`, "bad")
    return
  }
  if (held === changed) {
    base = fields()
    rowsAreKnown()
    drop(key())
    say(`Đã lưu ${answer.saved_at}${notSent}`, notSent ? "bad" : "ok")
  }
  form.dispatchEvent(new CustomEvent("draft:saved", { detail: answer, bubbles: true }))
}

/* These words beside what is stored, in one shape; null while no story is stored. Throws without a line. */
const compare = async ({ texts: words, fields: beside = [] }) => {
  if (!comparing) return null
  const data = new FormData()
  for (const [name, value] of [...Object.entries(words), ...beside]) data.append(name, value)
  data.append("csrfmiddlewaretoken", box("csrfmiddlewaretoken").value)
  const response = await fetch(comparing, { method: "POST", body: data, redirect: "manual" })
  if (!response.ok) throw new Error(`status ${response.status}`)
  return response.json()
}

const take = (words, number) => {
  if (number !== undefined) box("seen_number").value = number
  write(words)
  changed += 1
  wake()
  remember()
  say("Đang lưu…", "saving")
  schedule(0) // after the save that found the other text has ended
}

/* Whether the stored words came from this very screen, whose answer was lost on the way. */
const isOurs = async () => {
  for (const words of inDoubt) {
    const { known, mine, stored } = (await compare(words)) ?? {}
    if (known && WORDS.every((name) => mine[name] === stored[name])) return stored.draft_number
  }
  return undefined
}

const within = (promise) =>
  Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), PATIENCE))])

/* The words on the screen, with those typed since `posted` went out. */
const mineNow = async (posted, count) => {
  const asked = changed
  if (asked === count) return posted
  const answer = await within(compare(now())).catch(() => null)
  return answer && asked === changed ? answer.mine : { ...posted, ...texts() }
}

const differ = async (theirs, count) => {
  if (isJoining) return
  isJoining = true
  say("Có hai bản khác nhau: hãy chọn", "bad")
  const reason = `${theirs.message ?? ""}`.split(". ")[0]
  const who = theirs.is_yours ? "" : theirs.last.split(",")[0]
  const mine = await mineNow(theirs.mine, count)
  const joined = await joinTexts({ mine, theirs, who, reason, ifBoth: "both", touched: touched(fields(), base) })
  isJoining = false
  isPostponed = !joined
  if (joined) {
    recheck() // an older copy may wait too
    return take(joined, theirs.draft_number)
  }
  say("Chưa ghép hai bản; chữ của bạn giữ trên máy này", "bad")
  postpone(() => {
    isPostponed = false
    changed += 1
    save()
  })
}

const post = async (options = {}) => {
  const words = now()
  inDoubt = [...inDoubt, words].slice(-3)
  const response = await fetch(address, { method: "POST", body: new FormData(form), redirect: "manual", ...options })
  if (!response.ok && response.status < 500) inDoubt = inDoubt.filter((other) => other !== words) // turned away
  return response
}

const attempt = async (count, options) => {
  // A browser refuses more than 64 KB on its way out: then it is sent the plain way.
  let response = await post(options).catch((failure) => (options ? post() : Promise.reject(failure)))
  if (response.type === "opaqueredirect" || response.status === 403) {
    if (!(await isAlive(form))) {
      say("Phiên làm việc đã hết; chữ của bạn vẫn còn. Hãy đăng nhập lại.", "bad")
      await signInAgain(form)
    }
    response = await post()
  }
  if (response.ok) return took(await response.json(), count)
  if (response.status !== 409) throw new Error(`status ${response.status}`)
  const number = await isOurs()
  if (number === undefined) return differ((await response.json()).conflict, count)
  box("seen_number").value = number
  inDoubt = []
  return attempt(count)
}

const save = async (options) => {
  clearTimeout(timer)
  if (sending || isJoining || isPostponed || held === changed) return sending
  const count = changed
  say("Đang lưu…", "saving")
  sending = attempt(count, options)
    .catch((failure) => {
      const where = isKept ? `đã giữ trên máy này lúc ${clock()}` : "đừng đóng trang này"
      const isPutOff = failure instanceof SignInPutOff // asked again with the next words, not by itself
      if (isPutOff) clearTimeout(timer) // the dialog took the focus, and a box told its change by that
      if (isPutOff) return say(`Chưa đăng nhập lại; chữ của bạn ${where}. Gõ tiếp hay bấm Lưu nháp để đăng nhập.`, "bad")
      say(`Chưa gửi được; chữ của bạn ${where}. Sẽ gửi lại khi có mạng${notSent || "."}`, "bad")
      schedule(RETRY)
    })
    .finally(() => {
      sending = null
      if (held !== changed && !isJoining && says.dataset.state !== "bad") schedule()
    })
  return sending
}

/* Everything typed is on the server, or it cannot be: the line, two texts to join, an ended session. */
const flush = async () => {
  await sending
  if (held !== changed) await save()
}

const look = async () => {
  if (!situation || document.hidden) return
  if (isWaiting() && !isPostponed) recheck()
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

/* A stored text newer than this untouched screen, of the same hand: a parting request that came late. */
const update = (stored) => {
  if (!stored || changed || String(stored.draft_number) === box("seen_number").value) return
  box("seen_number").value = stored.draft_number
  write(stored)
  base = fields()
}

const isStored = () => held === changed && !refused
const screen = { key, texts, compare, flush, isSent: () => held === changed, isUntouched: () => !changed, take, update, say, choicesIn }

form.addEventListener("input", noteChange)
form.addEventListener("change", noteChange)
// A row of names is gone: told before the rest is counted.
document.addEventListener("formset:removed", (event) => isWritten() || setTimeout(() => noteChange(event)))
guardSubmits(form, {
  keep: () => remember(),
  settled: () => within(sending),
  look: () => document.querySelector("[data-local-copy] [data-look]").click(),
  leaving: () => {
    // A refused page shows it again; of an accepted one the next page forgets it (js/office/kept.js).
    box("saved_copy").value = newName()
    remember(box("saved_copy").value)
    clearTimeout(timer)
    held = changed
    refused = false
  },
  stayed: (name, isSignedOut) => {
    const where = isKept ? `giữ trên máy này lúc ${clock()}` : "còn ở đây, đừng đóng trang này"
    notSent = name === "_submit" ? ". Bài chưa gửi duyệt: hãy bấm Gửi duyệt lần nữa." : ""
    const what = name === "_submit" ? "bài chưa gửi duyệt" : "chưa gửi lên được"
    if (isSignedOut) return say(`Chưa đăng nhập lại, ${what}; chữ của bạn ${where}. Hãy bấm lại để đăng nhập.`, "bad")
    const later = name === "_submit" ? "Có mạng lại, hãy bấm Gửi duyệt lần nữa." : "Có mạng lại, máy tự gửi."
    say(`Mất kết nối, ${what}; chữ của bạn ${where}. ${later}`, "bad")
    if (held === changed) changed += 1 // asked for: said again when it is there
    schedule(RETRY)
  },
})
watchParting({
  isDone: () => held === changed || isJoining || isPostponed,
  count: () => changed,
  isSending: () => Boolean(sending),
  isStored: () => held === changed,
  remember,
  save: (options) => save(options),
  post,
  flush,
})
document.addEventListener("visibilitychange", look)
window.addEventListener("online", () => save())
window.addEventListener("beforeunload", (event) => {
  if (!isStored() && !isKept) event.preventDefault()
})
const recheck = watchCopies(screen)
if (story) forgetOpened(keyOf(user, "moi"), compare)
look()
setInterval(look, LOOK)
