/* Comments on the head's desk: mark words or tap a paragraph or picture, then “Góp ý”. The boxes come right
   under the words; what is kept is said in the list without losing anything typed into the decision. */
import { seal, unseal } from "../office/device.js"
import { highlight, rangeOf, wordsIn } from "./places.js"

const review = document.querySelector(".review")
const text = review.querySelector("[data-commented]")
const box = review.querySelector("[data-new-comment]")
const bar = review.querySelector("[data-comment-bar]")
const decision = document.getElementById("quyet-dinh-bai")
const list = () => document.querySelector("[data-comments]")
const blocks = () => [...review.querySelectorAll("[data-block]")]
const BOXES = ["where", "quote", "before", "words", "proposal"]
const KEPT = box && `comment:${box.dataset.address}`

let chosen = null // {block, quote, before}: what a press of the bar is about

const field = (name) => box.querySelector(`[name=comment_${name}]`)

// --- choosing -----------------------------------------------------------------------------------------

const offer = (block, quote, before = "") => {
  if (chosen && chosen.block !== block) chosen.block.classList.remove("is-marked")
  chosen = { block, quote, before }
  block.classList.add("is-marked")
  const what = quote ? "câu này" : block.querySelector("figure") ? "ảnh này" : "đoạn này"
  bar.querySelector("span").textContent = `Góp ý ${what}`
  bar.hidden = false
}

const forget = () => {
  chosen?.block.classList.remove("is-marked")
  chosen = null
  bar.hidden = true
}

const single = (words) => words.replace(/\s+/g, " ").trim()

/* The words of a block before a range, or after it. */
const wordsOf = (block, after, before) => {
  const range = document.createRange()
  range.selectNodeContents(block)
  if (after) range.setStart(after.endContainer, after.endOffset)
  if (before) range.setEnd(before.startContainer, before.startOffset)
  return range.toString()
}

// Whole words, as the server takes them: a finger often marks half of one.
// Marked words belong to the block they begin in; a selection that runs on ends there.
const marked = () => {
  const selection = getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  const start = range.startContainer
  const element = start.nodeType === Node.TEXT_NODE ? start.parentElement : start
  const block = element.closest?.("[data-block]")
  if (!block || !review.contains(block) || box.contains(element)) return null
  const within = range.cloneRange()
  if (!block.contains(range.endContainer)) within.setEnd(block, block.childNodes.length)
  const inner = within.toString()
  if (!inner.trim()) return null
  const [ahead, rest] = [wordsOf(block, null, within), wordsOf(block, within, null)]
  const [begun] = /^\s/.test(inner) ? [""] : (/\S*$/.exec(ahead) ?? [""])
  const [left] = /\s$/.test(inner) ? [""] : (/^\S*/.exec(rest) ?? [""])
  const before = single(ahead.slice(0, ahead.length - begun.length)).slice(-60)
  return { block, quote: single(begun + inner + left), before }
}

const listen = () => {
  document.addEventListener("selectionchange", () => {
    const found = marked()
    if (found) offer(found.block, found.quote, found.before)
  })
  review.addEventListener("click", (event) => {
    if (event.target.closest("a, button, summary, input, textarea, select, [data-new-comment]")) return
    if (marked()) return
    const block = event.target.closest("[data-block]")
    if (block && block !== chosen?.block) offer(block, "")
    else forget()
  })
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    if (box.open && box.contains(document.activeElement)) close()
    else forget()
  })
}

// --- writing --------------------------------------------------------------------------------------------

const home = box && document.createComment("")
const open = ({ block, quote, before }) => {
  const isPhoto = block.querySelector("figure") !== null
  const words = quote || (isPhoto ? "" : wordsIn(block))
  field("where").value = block.dataset.block
  field("quote").value = words
  field("before").value = before
  field("proposal").value = words // changed in place, it is a proposal
  box.querySelector("[data-proposal]").hidden = isPhoto
  const shown = box.querySelector("[data-shown-quote]")
  shown.textContent = quote
  shown.hidden = !quote
  if (!home.isConnected) box.before(home)
  block.after(box)
  box.open = true
  box.classList.add("in-text")
  box.querySelector("[data-cancel]").hidden = false
  getSelection().removeAllRanges()
  forget()
  block.classList.add("is-marked")
  field("words").focus({ preventScroll: true })
  box.scrollIntoView({ block: "center" })
}

const close = () => {
  for (const block of blocks()) block.classList.remove("is-marked")
  const back = home.isConnected ? box.previousElementSibling : box
  field("quote").value = ""
  field("proposal").value = ""
  box.querySelector("[data-proposal]").hidden = false
  box.querySelector("[data-shown-quote]").hidden = true
  box.open = false
  box.classList.remove("in-text")
  if (home.isConnected) home.replaceWith(box)
  back?.scrollIntoView({ block: "nearest" })
}

const say = (words) => {
  box.querySelector("#comment-error").textContent = words
  field("words").toggleAttribute("aria-invalid", Boolean(words))
}

const send = async (address, more = {}) => {
  const body = new FormData(decision)
  for (const [name, value] of Object.entries(more)) body.set(name, value)
  const headers = { Accept: "application/fragment, text/html" }
  const answer = await fetch(address, { method: "POST", body, headers, credentials: "same-origin" })
  const said = await answer.text()
  if (answer.status === 409) throw new Error(said)
  if (!answer.ok || answer.redirected) throw new Error("Chưa ghi được. Xem lại mạng rồi bấm lần nữa; chữ bạn gõ vẫn còn.")
  const fresh = new DOMParser().parseFromString(said, "text/html").querySelector("[data-comments]")
  list().replaceWith(document.adoptNode(fresh))
  const count = Number(list().dataset.toSend)
  const along = document.querySelector("[data-goes-along]")
  along.textContent = ` kèm ${count} góp ý`
  along.hidden = !count
  paint()
}

const keep = async (button) => {
  button.disabled = true
  try {
    await send(box.dataset.address)
    field("words").value = ""
    sessionStorage.removeItem(KEPT)
    say("")
    close()
    list().querySelector("[role=status]").focus?.()
  } catch (failure) {
    say(failure.message)
    field("words").focus()
  }
  button.disabled = false
}

const step = async (button) => {
  button.disabled = true
  try {
    await send(button.getAttribute("formaction").split("#")[0], { act: button.value })
    document.getElementById("gop-y-dau").focus({ preventScroll: true })
  } catch (failure) {
    button.disabled = false
    list().querySelector("[role=status]").textContent = failure.message
  }
}

// --- seeing ------------------------------------------------------------------------------------------------

// The words each comment is about are marked in the text, where the browser can.
const paint = () => {
  const ranges = []
  for (const remark of document.querySelectorAll("[data-comments] .remark:not(.closed)")) {
    const words = remark.querySelector("[data-now]").dataset.now
    const range = words && blocks().map((block) => rangeOf(block, words)).find(Boolean)
    if (range) ranges.push(range)
  }
  highlight("gop-y", ranges)
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-comments] button[name=act]")
  if (button) {
    event.preventDefault()
    step(button)
    return
  }
  const remark = event.target.closest("[data-comments] :is([data-go], .quoted)")?.closest(".remark")
  const words = remark?.querySelector("[data-now]").dataset.now
  const block = words && blocks().find((one) => rangeOf(one, words))
  if (!block) return
  event.preventDefault()
  block.scrollIntoView({ block: "center" })
})

if (box && decision) {
  listen()
  bar.querySelector("button").addEventListener("click", () => chosen && open(chosen))
  box.querySelector("[data-keep]").addEventListener("click", (event) => {
    event.preventDefault()
    keep(event.currentTarget)
  })
  box.querySelector("[data-cancel]").addEventListener("click", close)
  field("where").addEventListener("change", () => {
    field("quote").value = ""
    field("proposal").value = ""
    box.querySelector("[data-shown-quote]").hidden = true
  })
  // What is typed and not kept yet outlives a turn to another page.
  const remember = () => {
    const typed = BOXES.map((name) => [name, field(name).value])
    sessionStorage.setItem(KEPT, seal(JSON.stringify(Object.fromEntries(typed))))
  }
  for (const name of ["words", "proposal"]) field(name).addEventListener("input", remember)
  const left = JSON.parse(unseal(sessionStorage.getItem(KEPT)))
  if ((left?.words || left?.proposal) && !field("words").value) {
    for (const name of BOXES) field(name).value = left[name] ?? ""
    box.open = true
  }
}
if (text) paint()
