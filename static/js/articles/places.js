/* Going to a place of the text that a list beside it names: a box, a picture, a heading, some words. */

const area = () => document.querySelector(`[contenteditable="true"]`)

export const toFigure = (number) => {
  const block = document.querySelectorAll(".figblock")[number - 1]
  if (!block) return false
  const boxes = [...block.querySelectorAll("textarea, input:not([type=checkbox])")]
  block.scrollIntoView({ block: "center" })
  ;(boxes.find((box) => !box.value) || boxes[0])?.focus()
  return true
}

/* The caret at the beginning of the range: nothing is selected, so that the next key replaces nothing. The words
   themselves are marked until somebody types or another place is gone to. */
const toRange = (range) => {
  const start = range.startContainer
  const place = start.nodeType === Node.TEXT_NODE ? start.parentElement : start
  place.scrollIntoView({ block: "center" })
  place.closest(`[contenteditable="true"]`)?.focus({ preventScroll: true })
  getSelection().collapse(range.startContainer, range.startOffset)
  highlight("gop-y", [range])
  document.addEventListener("beforeinput", () => highlight("gop-y", []), { once: true })
  return true
}

export const toHeading = (number) => {
  const heading = document.querySelectorAll(`[contenteditable="true"] :is(h2, h3)`)[number - 1]
  if (!heading) return false
  const range = document.createRange()
  range.selectNodeContents(heading)
  return toRange(range)
}

/* All letters under `root` that are on the page, spaces made single, and where each of them stands:
   words divided by bold or a link, or by two lines of a list, are found all the same. */
const lettersOf = (root) => {
  const letters = [], places = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let block = null
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("textarea, button, label, .vh")) continue
    const own = node.parentElement.closest("p, li, td, th, h1, h2, h3, figcaption, blockquote")
    if (block && own !== block && letters.at(-1) !== " ") {
      letters.push(" ")
      places.push([node, 0])
    }
    block = own
    for (let at = 0; at < node.data.length; at += 1) {
      const letter = /\s/.test(node.data[at]) ? " " : node.data[at]
      if (letter === " " && letters.at(-1) === " ") continue
      letters.push(letter)
      places.push([node, at])
    }
  }
  return [letters.join(""), places]
}

export const wordsIn = (root) => lettersOf(root)[0].trim()

/* The words under `root` as a range, or null; of them the letters `from` to `to`. */
export const rangeOf = (root, words, from = 0, to = Number.POSITIVE_INFINITY) => {
  const wanted = words.replace(/\s+/g, " ").trim()
  if (!root || !wanted) return null
  const [text, places] = lettersOf(root)
  const at = text.indexOf(wanted)
  if (at < 0) return null
  const [first, end] = [at + from, at + Math.min(to, wanted.length)]
  const range = document.createRange()
  const after = ([node, offset]) => [node, offset + 1]
  range.setStart(...(first < end || !first ? places[first] : after(places[first - 1])))
  if (first < end) range.setEnd(...after(places[end - 1]))
  return range
}

export const toWords = (words) => {
  const range = rangeOf(area(), words) || rangeOf(area(), words.slice(0, 60))
  return range ? toRange(range) : false
}

/* The box of a field; with `words`, the caret before them. */
export const toBox = (field, words = "") => {
  const box = document.querySelector(`#${CSS.escape(field)} :is(input, textarea, select, [contenteditable="true"], button):not([type=hidden])`)
  box?.scrollIntoView({ block: "center" })
  box?.focus({ preventScroll: true })
  const at = words && box?.setSelectionRange ? box.value.indexOf(words) : -1
  if (at >= 0) box.setSelectionRange(at, at)
  return Boolean(box)
}

/* Marks words on the page without touching it, until the next ones are marked (browsers since 2023). */
export const highlight = (name, ranges) => {
  if (!window.CSS?.highlights) return
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges))
  else CSS.highlights.delete(name)
}
