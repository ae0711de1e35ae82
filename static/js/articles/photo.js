/* The captioned photo as a block of the text: picture, caption, credit and description in one place.
   Stored as <figure data-photo data-credit data-alt><figcaption>; addresses are never stored. */
import { Node, Plugin } from "django-prose-editor/editor"
import { choosePhotos } from "./photo-dialog.js"
import { uploadAll } from "./uploads.js"

const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (name in node && !name.startsWith("aria")) node[name] = value
    else node.setAttribute(name, value)
  }
  node.append(...children)
  return node
}

let fieldNumber = 0

const field = (label, hint, multiline, onInput) => {
  const id = `photo-field-${++fieldNumber}`
  const input = el(multiline ? "textarea" : "input", { id, className: multiline ? "input grow" : "input" })
  if (multiline) input.rows = 2
  input.addEventListener("input", () => onInput(input.value))
  const box = el("div", { className: "field" }, el("label", { htmlFor: id, textContent: label }), input)
  if (hint) {
    box.append(el("span", { className: "hint", id: `${id}-hint`, textContent: hint }))
    input.setAttribute("aria-describedby", `${id}-hint`)
  }
  return { box, input }
}

class PhotoView {
  constructor({ node, editor, getPos }) {
    this.node = node
    this.editor = editor
    this.getPos = getPos
    this.dom = el("fieldset", { className: "figblock", contentEditable: "false" })
    this.build()
    this.fill()
  }

  build() {
    const button = (text, label, act, className = "btn quiet small") => {
      const b = el("button", { type: "button", className, textContent: text, "aria-label": label })
      b.addEventListener("click", act)
      return b
    }
    this.caption = field("Chú thích", "", true, (v) => this.set({ caption: v }))
    this.credit = field("Ảnh của", "", false, (v) => this.set({ credit: v }))
    this.alt = field(
      "Mô tả ảnh",
      "Tả điều nhìn thấy, khác với chú thích. Cần cho người dùng trình đọc màn hình.",
      true,
      (v) => this.set({ alt: v }),
    )
    this.decorative = el("input", { type: "checkbox" })
    this.decorative.addEventListener("change", () => this.set({ decorative: this.decorative.checked }))
    this.picture = el("img", { alt: "" })
    this.dom.append(
      el("legend", { className: "vh", textContent: "Ảnh trong bài" }),
      el(
        "div",
        { className: "bar" },
        el("span", { className: "sp photo-number" }),
        button("↑", "Đưa ảnh lên", () => this.move(-1)),
        button("↓", "Đưa ảnh xuống", () => this.move(1)),
        button("Gỡ ảnh", "Gỡ ảnh khỏi bài", () => this.remove()),
      ),
      el("div", { className: "ph" }, this.picture),
      el(
        "div",
        { className: "fields" },
        el("div", { className: "duo" }, this.caption.box, this.credit.box),
        this.alt.box,
        el("label", { className: "check-line" }, this.decorative, " Ảnh trang trí, không mang thông tin"),
      ),
    )
  }

  fill() {
    const { src, caption, credit, alt, decorative } = this.node.attrs
    if (src && this.picture.getAttribute("src") !== src) this.picture.src = src
    for (const [input, value] of [
      [this.caption.input, caption],
      [this.credit.input, credit],
      [this.alt.input, alt],
    ]) {
      if (input.value !== value) input.value = value
    }
    this.decorative.checked = decorative
    this.alt.input.disabled = decorative
    const open = !caption || !credit || (!alt && !decorative)
    this.dom.classList.toggle("warn", open)
  }

  set(attrs) {
    const pos = this.getPos()
    const { tr } = this.editor.state
    this.editor.view.dispatch(tr.setNodeMarkup(pos, undefined, { ...this.node.attrs, ...attrs }))
  }

  move(step) {
    const { state, view } = this.editor
    const pos = this.getPos()
    const $pos = state.doc.resolve(pos)
    const index = $pos.index()
    const other = $pos.parent.maybeChild(index + step)
    if (!other) return
    const target = step < 0 ? pos - other.nodeSize : pos + other.nodeSize
    const moved = state.tr.delete(pos, pos + this.node.nodeSize).insert(target, this.node)
    view.dispatch(moved.scrollIntoView())
    const fresh = view.nodeDOM(target)
    fresh?.scrollIntoView({ block: "center" })
    fresh?.querySelector(step < 0 ? ".bar button" : ".bar button + button")?.focus()
  }

  remove() {
    const pos = this.getPos()
    const { tr } = this.editor.state
    this.editor.view.dispatch(tr.delete(pos, pos + this.node.nodeSize))
    this.editor.view.focus()
  }

  update(node) {
    if (node.type !== this.node.type || node.attrs.photo !== this.node.attrs.photo) return false
    this.node = node
    this.fill()
    return true
  }

  stopEvent(event) {
    return this.dom.contains(event.target) && !/^drag/.test(event.type)
  }

  ignoreMutation() {
    return true
  }
}

/* Puts the photo after the paragraph at `place` and answers where the text goes on after it. */
export const insertPhoto = (editor, photo, focus = true, place = editor.state.selection.from) => {
  const attrs = {
    photo: String(photo.id),
    src: photo.src,
    caption: photo.caption || "",
    credit: photo.credit || "",
    alt: photo.alt || "",
    decorative: !!photo.decorative,
  }
  const { state } = editor
  const $from = state.doc.resolve(Math.min(place, state.doc.content.size))
  // After the paragraph the writer is in, or in its place when it is empty.
  const top = $from.depth ? $from.node(1) : null
  const isEmpty = top && top.type.name === "paragraph" && !top.content.size
  const at = $from.depth ? (isEmpty ? $from.before(1) : $from.after(1)) : $from.pos
  const node = state.schema.nodes.photo.create(attrs)
  const tr = isEmpty ? state.tr.replaceWith(at, at + top.nodeSize, node) : state.tr.insert(at, node)
  if (at + node.nodeSize >= tr.doc.content.size) {
    tr.insert(tr.doc.content.size, state.schema.nodes.paragraph.create())
  }
  editor.view.dispatch(tr)
  const end = at + node.nodeSize
  if (!focus) return end
  editor.commands.setTextSelection(Math.min(end + 1, editor.state.doc.content.size))
  editor.view.nodeDOM(at)?.querySelector("textarea")?.focus()
  return end
}

const pictures = (list) => Array.from(list || []).filter((file) => file.type.startsWith("image/"))

const attributesOf = (figure) => ({
  photo: figure.dataset.photo,
  src: figure.querySelector("img")?.getAttribute("src") || "",
  caption: figure.querySelector("figcaption")?.textContent || "",
  credit: figure.dataset.credit || "",
  alt: figure.dataset.alt || "",
  decorative: figure.dataset.decorative === "1",
})

export const Photo = Node.create({
  name: "photo",
  group: "block",
  atom: true,
  draggable: true,
  selectable: true,

  addAttributes() {
    const own = (name, start = "") => [
      name,
      { default: start, rendered: false, parseHTML: (figure) => attributesOf(figure)[name] },
    ]
    return Object.fromEntries([
      own("photo"),
      own("src"),
      own("caption"),
      own("credit"),
      own("alt"),
      own("decorative", false),
    ])
  },

  parseHTML() {
    return [{ tag: "figure[data-photo]" }]
  },

  renderHTML({ node }) {
    const { photo, src, caption, credit, alt, decorative } = node.attrs
    const attrs = { "data-photo": photo }
    if (credit) attrs["data-credit"] = credit
    if (alt) attrs["data-alt"] = alt
    if (decorative) attrs["data-decorative"] = "1"
    return ["figure", attrs, ["img", { src, alt: "" }], ["figcaption", {}, caption]]
  },

  addNodeView() {
    return (props) => new PhotoView(props)
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "photo",
      groups: "nodes photo",
      button: buttons.material("add_photo_alternate", "Chèn ảnh"),
      command: (editor) => openPhotos(editor),
    })
  },

  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          handlePaste(_view, event) {
            const files = pictures(event.clipboardData?.files)
            // Word puts a picture of the text beside the text: then the text is what was meant.
            if (!files.length || event.clipboardData.getData("text/html")) return false
            uploadAll(editor, files, insertPhoto)
            return true
          },
          handleDrop(view, event) {
            const files = pictures(event.dataTransfer?.files)
            if (!files.length) return false
            event.preventDefault()
            const dropped = view.posAtCoords({ left: event.clientX, top: event.clientY })
            uploadAll(editor, files, insertPhoto, dropped?.pos)
            return true
          },
        },
      }),
    ]
  },
})

export const openPhotos = (editor) => {
  const settings = document.querySelector("[data-photo-upload]").dataset
  const onFiles = (files) => uploadAll(editor, files, insertPhoto)
  choosePhotos({ ...settings, onFiles }).then((photos) => photos.forEach((photo, i) => insertPhoto(editor, photo, i === 0)))
}
