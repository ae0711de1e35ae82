/* Words that a head proposed, put in the place of those they are about: only what differs, so that bold words and
   links around it stay. */

import { rangeOf } from "./places.js"

const single = (words) => words.replace(/\s+/g, " ").trim()

/* How many letters two texts share at their beginning and, of the rest, at their end. */
const shared = (one, other) => {
  const most = Math.min(one.length, other.length)
  let [from, end] = [0, 0]
  while (from < most && one[from] === other[from]) from += 1
  while (end < most - from && one.at(-1 - end) === other.at(-1 - end)) end += 1
  return [from, end]
}

const inBox = (box, quote, proposal) => {
  if (!box.value.includes(quote)) return false
  box.value = box.value.replace(quote, () => proposal)
  box.dispatchEvent(new Event("input", { bubbles: true }))
  box.focus()
  return true
}

const inText = (quote, before, proposal) => {
  const area = document.querySelector(`.prose-editor [contenteditable="true"]`)
  const [from, end] = shared(quote, proposal)
  const led = single(before + quote)
  const ahead = led.length - quote.length
  const range =
    rangeOf(area, led, ahead + from, led.length - end) || rangeOf(area, quote, from, quote.length - end)
  if (!range) return false
  const { view, state } = area.editor
  const [start, stop] = [
    view.posAtDOM(range.startContainer, range.startOffset),
    view.posAtDOM(range.endContainer, range.endOffset),
  ]
  if (!state.doc.resolve(start).sameParent(state.doc.resolve(stop))) return false
  view.dispatch(state.tr.insertText(proposal.slice(from, proposal.length - end), start, stop).scrollIntoView())
  view.focus()
  return true
}

/* Whether the words were there, and are the proposed ones now. */
export const putInPlace = (field, { quote, before, proposal }) => {
  const box = document.getElementById(`id_${field}`)
  return field === "body" ? inText(single(quote), before, proposal) : inBox(box, quote, proposal)
}
