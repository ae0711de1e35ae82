/* Between two paragraphs: a “+” beside the gap that the pointer or the caret is next to, and what may be put there. */

const form = document.querySelector("[data-editor-form]")
const bar = form.querySelector("[data-between]")
const [opener, menu] = [bar.querySelector("[data-open]"), bar.querySelector("[data-menu]")]
const photos = form.querySelector("[data-insert-photo]")
let editor
let gap = null // the place in the text, between two of its blocks

/* The blocks before and after a place, as they stand on the screen. */
const edges = (place) => {
  const { nodeBefore } = editor.state.doc.resolve(place)
  const above = nodeBefore && editor.view.nodeDOM(place - nodeBefore.nodeSize)
  return [above, editor.view.nodeDOM(place)].map((block) => block?.getBoundingClientRect?.())
}

const show = (place) => {
  if (!menu.hidden || place > editor.state.doc.content.size) return
  gap = place
  const [above, below] = edges(place)
  if (!above && !below) return
  const top = ((above ?? below)[above ? "bottom" : "top"] + (below ?? above)[below ? "top" : "bottom"]) / 2
  bar.style.insetBlockStart = `${top - bar.parentElement.getBoundingClientRect().top}px`
  bar.hidden = false
}

const blockAt = (place) => {
  const $place = editor.state.doc.resolve(place)
  return $place.depth ? $place.before(1) : $place.pos
}

/* Under the caret's block. */
const follow = () => {
  const place = blockAt(editor.state.selection.from)
  const node = editor.state.doc.nodeAt(place)
  show(node ? place + node.nodeSize : place)
}

/* At the edge of a block that is nearer to the pointer. */
const point = ({ clientY, pointerType }) => {
  if (pointerType !== "mouse" || !menu.hidden) return
  const { left, width } = editor.view.dom.getBoundingClientRect()
  const found = editor.view.posAtCoords({ left: left + width / 2, top: clientY })
  if (!found) return
  const place = blockAt(found.inside < 0 ? found.pos : found.inside)
  const node = editor.state.doc.nodeAt(place)
  const box = node && editor.view.nodeDOM(place)?.getBoundingClientRect?.()
  if (!box) return
  show(clientY < (box.top + box.bottom) / 2 ? place : place + node.nodeSize)
}

const close = () => {
  menu.hidden = true
  opener.setAttribute("aria-expanded", "false")
}

const put = (content, inside) =>
  editor.chain().insertContentAt(gap, content).setTextSelection(gap + inside).focus().scrollIntoView().run()

const acts = {
  paragraph: () => put({ type: "paragraph" }, 1),
  quote: () => put({ type: "blockquote", content: [{ type: "paragraph" }] }, 2),
  photo: async () => {
    const { openPhotos } = await import(photos.dataset.insertPhoto)
    openPhotos(editor, gap)
  },
  document: () => {
    put({ type: "paragraph" }, 1) // the card takes its place
    form.querySelector("[data-insert-document]").click()
  },
}

opener.addEventListener("click", () => {
  const isOpen = menu.hidden
  menu.hidden = !isOpen
  opener.setAttribute("aria-expanded", String(isOpen))
  if (isOpen) menu.querySelector("button").focus()
})
menu.addEventListener("click", (event) => {
  const act = acts[event.target.closest("button")?.value]
  if (!act) return
  close()
  act()
})
bar.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || menu.hidden) return
  close()
  opener.focus()
})
// Some browsers give a pressed button no focus: then nothing is known of where it went.
bar.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !bar.contains(relatedTarget)) close()
})
document.addEventListener("pointerdown", ({ target }) => {
  if (!menu.hidden && !bar.contains(target)) close()
})

const attend = (made) => {
  editor = made
  editor.view.dom.after(bar)
  editor.on("selectionUpdate", follow)
  editor.on("update", follow)
  let isDue = false
  editor.view.dom.parentElement.addEventListener("pointermove", (event) => {
    if (isDue) return
    isDue = true
    requestAnimationFrame(() => {
      isDue = false
      point(event)
    })
  })
  new ResizeObserver(() => bar.hidden || show(gap)).observe(editor.view.dom)
}
document.addEventListener("prose-editor:ready", ({ detail }) => attend(detail.editor))
const ready = form.querySelector(".prose-editor .tiptap")?.editor
if (ready) attend(ready)
