/* A form of the office: warns before unsaved words are left, keeps them on this device, and offers them when
   the form is opened again and the server does not have them. Without script the form works as it does. */

import { drop, FORMS, keep, keysOf, read } from "./device.js"
import { newName } from "./saved-copy.js"
import { besideOf, hasPassword, isSame, wordsOf, writeWords } from "./form-words.js"

const LOOK = 2000 // milliseconds; calendars and choices change boxes without telling
const AGAIN = 2000 // milliseconds in which a second press is the same one
const LONGEST = 30 * 24 * 3600 * 1000 // milliseconds a copy stays

const notice = document.querySelector("[data-kept-form]")
const form = document.getElementById(notice.dataset.keptForm)
const part = (name) => notice.querySelector(`[data-${name}]`)
const { user } = notice.dataset // none: nothing of this form is kept
const isKeeping = Boolean(user) && !hasPassword(form)
const place = `${FORMS}${user}:${location.pathname}:`
const name = newName()
const served = "refused" in notice.dataset ? null : wordsOf(form, true) // a refused form is not on the server

let noted = ""
let isLeaving = false
let pressed = 0

const isUnsaved = () => !served || !isSame(wordsOf(form), served)

const copyNow = () => ({ time: Date.now(), words: wordsOf(form), beside: besideOf(form) })

const remember = () => {
  if (!isKeeping) return
  const now = JSON.stringify(wordsOf(form))
  if (now === noted) return
  noted = now
  if (isUnsaved()) keep(place + name, copyNow())
  else drop(place + name)
}

/* --- the notice --- */

const when = (time) => {
  const two = (number) => String(number).padStart(2, "0")
  const at = new Date(time)
  return `${two(at.getHours())}:${two(at.getMinutes())}, ${two(at.getDate())}/${two(at.getMonth() + 1)}`
}

const isNewer = (copy) => (copy.beside.seen_version ?? "") !== (form.elements.seen_version?.value ?? "")

const canTake = () => wordsOf(form).length > 0

const showRest = (words) => {
  part("rest").hidden = !words.length
  part("rest").querySelector("textarea").value = words.join("\n")
}

const textsOf = (copy) => copy.words.map(([, value, shown]) => shown ?? value).filter((words) => words.trim())

const others = () =>
  keysOf(place)
    .filter((key) => key !== place + name)
    .map((key) => [key, read(key)])
    .filter(([, copy]) => copy)
    .sort(([, one], [, other]) => other.time - one.time)

const offer = (key, copy) => {
  const isNew = notice.hidden
  part("what").textContent = `Máy này còn giữ chữ bạn gõ lúc ${when(copy.time)} mà chưa lưu.`
  const moved = "Từ lúc ấy đã có bản khác được lưu; lấy lại rồi bấm Lưu, máy sẽ hỏi trước khi ghi đè."
  const closed = "Trang này nay không sửa được; chữ ở ngay dưới đây để bạn chép."
  part("then").textContent = canTake() ? (isNewer(copy) ? moved : "") : closed
  showRest(canTake() ? [] : textsOf(copy))
  part("restore").hidden = !canTake()
  part("drop").hidden = false
  part("restore").onclick = () => take(key)
  part("drop").onclick = () => {
    drop(key)
    check()
  }
  notice.hidden = false
  if (isNew) notice.focus() // it stands above everything else
}

const say = (words, then) => {
  part("what").textContent = words
  part("then").textContent = then
  part("restore").hidden = true
  part("drop").hidden = true
  notice.focus() // the button that was pressed is gone
}

const take = (key) => {
  const copy = read(key)
  if (!copy) return say("Chữ ấy đã được lưu hoặc bỏ đi ở cửa sổ khác.", "")
  if (isUnsaved()) keep(place + newName(), copyNow()) // typed here meanwhile: offered in its turn
  const homeless = writeWords(form, copy)
  remember()
  drop(key)
  say("Đã lấy lại chữ bạn gõ.", homeless.length ? "Những chữ dưới đây không còn ô để đặt vào:" : "Hãy xem lại rồi bấm Lưu.")
  showRest(homeless)
  if (others().length) check()
}

/* Shows the newest copy that says something else than the form does, and forgets those that do not. */
const check = () => {
  for (const [key, copy] of others()) {
    if (!isSame(copy.words, wordsOf(form)) || !canTake()) return offer(key, copy)
    drop(key)
  }
  notice.hidden = true
}

/* --- the page --- */

const sent = document.querySelector(`[name=saved_copy][form="${form.id}"]`)
if (isKeeping) {
  sent.value = name // told by the server when it has saved the form
  for (const key of keysOf(FORMS)) if (Date.now() - (read(key)?.time ?? 0) > LONGEST) drop(key)
  remember()
  check()
  setInterval(remember, LOOK)
}

for (const type of ["input", "change"]) {
  form.addEventListener(type, () => {
    isLeaving = false
    remember()
  })
}
// Who only decides has the bar of steps beside the form: a reason typed there is warned of too.
const steps = Array.from(document.querySelectorAll("form.flow-step"))
const hasReason = () => steps.some((step) => Array.from(step.querySelectorAll("textarea")).some((box) => box.value.trim()))

for (const one of [form, ...steps]) {
  one.addEventListener("submit", (event) => {
    if (isLeaving && event.timeStamp - pressed < AGAIN) return event.preventDefault()
    remember()
    pressed = event.timeStamp
    isLeaving = true
  })
}
window.addEventListener("beforeunload", (event) => {
  if (!isLeaving && (isUnsaved() || hasReason())) event.preventDefault()
})
