/* Foreign text on its way in: what is pasted is tidied by the server, shown, and can be taken back. Without the
   server the editor's own paste goes on, cleaned when it is saved. */

import { closeNotice, isBlank, proposals, send, takeHead, taken, tell } from "./brought.js"
import { uploadPhoto } from "./photo-dialog.js"

const form = document.querySelector("[data-editor-form]")

/* A stretch of the text that stays found while somebody types elsewhere. */
const track = (editor, from, to) => {
  const stretch = { from, to }
  const follow = ({ transaction }) => {
    stretch.to = transaction.mapping.map(stretch.to, -1) // words typed at its edges are not part of it
    stretch.from = Math.min(transaction.mapping.map(stretch.from, 1), stretch.to)
  }
  editor.on("transaction", follow)
  return { stretch, stop: () => editor.off("transaction", follow) }
}

// One paragraph goes into the line it is pasted into; more make paragraphs of their own.
const inline = (body) => {
  const root = new DOMParser().parseFromString(body, "text/html").body
  return root.children.length === 1 && root.firstElementChild.tagName === "P" ? root.firstElementChild.innerHTML : body
}

const put = (editor, place, body) => {
  const before = editor.state.doc.content.size
  const { from, to } = place
  editor.chain().focus().insertContentAt({ from, to }, inline(body)).run()
  return track(editor, from, to + editor.state.doc.content.size - before)
}

const asParagraphs = (text) => {
  const root = document.createElement("div")
  for (const line of text.split(/\r?\n/).filter((words) => words.trim())) {
    const paragraph = document.createElement("p")
    paragraph.textContent = line
    root.append(paragraph)
  }
  return root.innerHTML
}

/* By hand: the content security policy lets no script fetch a data: address. */
const asFile = (address) => {
  const [head, words] = address.split(",", 2)
  if (!head.endsWith(";base64")) return null
  const bytes = Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0))
  return new File([bytes], "anh-dan", { type: head.slice(5, -7) })
}

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const attribute = (tag, name) => {
  const found = tag.match(new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i"))
  return found ? (found[1] ?? found[2] ?? found[3]) : ""
}
const figure = ({ id, credit, alt, caption }, words) =>
  `<figure data-photo="${id}" data-credit="${escaped(credit)}" data-alt="${escaped(alt || words)}">` +
  `<figcaption>${escaped(caption)}</figcaption></figure>`

/* Pictures that travel inside the text become photos; the others cannot be reached and are counted.
   The text is not parsed here: its styles, which the server reads, would each be reported as refused. */
const withPhotos = async (html, files) => {
  const tags = html.match(/<img\b[^>]*>/gi) ?? []
  const local = tags.filter((tag) => attribute(tag, "src").startsWith("file:"))
  const spare = files.length === local.length ? [...files] : []
  for (const tag of tags) {
    const source = attribute(tag, "src")
    const file = source.startsWith("data:image/") ? asFile(source) : source.startsWith("file:") ? spare.shift() : null
    if (!file) continue
    const { photo } = await uploadPhoto(form.dataset.photoUpload, file)
    if (photo) html = html.replace(tag, () => figure(photo, attribute(tag, "alt")))
  }
  return html
}

const OLD_FONTS = /[\u00a1-\u00ff\u00ad]/
const isWorthTidying = (html, text) => html || text.includes("\n") || OLD_FONTS.test(text)

const bring = async (editor, html, text, files) => {
  const { from, to } = editor.state.selection
  const waiting = track(editor, from, to)
  tell(["Đang dọn đoạn vừa dán…"])
  try {
    const source = await withPhotos(html || text, files)
    const read = await send(form.dataset.paste, { html: source })
    const head = isBlank(editor) ? read.head : null
    const notes = head ? [...taken(head, "đoạn dán"), ...read.notes] : read.notes
    const giveBack = head ? takeHead(head) : () => {}
    const { body } = head ?? read
    waiting.stop()
    const place = { ...waiting.stretch }
    const before = editor.state.doc
    const { stretch, stop } = put(editor, place, body)
    const after = editor.state.doc
    // Untouched since, the whole text returns as it stood; else only the stretch, with the words pasted over.
    const restore = () => {
      closeNotice()
      giveBack()
      const { state, view } = editor
      if (state.doc.eq(after)) view.dispatch(state.tr.replaceWith(0, after.content.size, before.content))
      else view.dispatch(state.tr.replaceRange(stretch.from, stretch.to, before.slice(place.from, place.to)))
      editor.commands.focus()
    }
    const replace = (words) => {
      closeNotice()
      giveBack()
      editor.chain().focus().insertContentAt({ ...stretch }, words).run()
    }
    if (!notes.length) {
      stop()
      closeNotice()
      return
    }
    const offers = head ? proposals(editor, head) : []
    tell([...offers, ...notes], { stop, all: restore, raw: text && (() => replace(asParagraphs(text))) })
  } catch (failure) {
    waiting.stop()
    put(editor, waiting.stretch, text ? asParagraphs(text) : html).stop()
    const why = failure.message || "Máy chủ chưa trả lời nên đoạn dán chưa được dọn; khi lưu sẽ dọn tiếp."
    tell([why])
  }
}

const attend = (editor) => {
  const area = editor.view.dom
  if (area.dataset.tidied) return
  area.dataset.tidied = "1"
  area.addEventListener(
    "paste",
    (event) => {
      const data = event.clipboardData
      if (!data || event.target.closest("input, textarea")) return
      const html = data.getData("text/html")
      const text = data.getData("text/plain")
      if (html.includes("data-pm-slice") || !isWorthTidying(html, text)) return // from this editor, or a few words
      event.preventDefault()
      event.stopImmediatePropagation()
      bring(editor, html, text, [...data.files].filter((file) => file.type.startsWith("image/")))
    },
    true,
  )
}
document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => attend(editor))
for (const area of document.querySelectorAll(".prose-editor .tiptap")) if (area.editor) attend(area.editor)
