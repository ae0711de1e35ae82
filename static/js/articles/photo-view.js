/* A photo block on the writing screen: picture, caption, credit and description in one place. */

import { creditedOtherwise, creditPhotos, named } from "./credit.js"

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

const button = (text, label, act, className = "btn quiet small") => {
  const made = el("button", { type: "button", className, textContent: text })
  if (label) made.setAttribute("aria-label", label)
  made.addEventListener("click", act)
  return made
}

export class PhotoView {
  /* `openReplacement(editor, place)` asks for another picture in the place of this one. */
  constructor({ node, editor, getPos, openReplacement }) {
    Object.assign(this, { node, editor, getPos, openReplacement })
    this.dom = el("fieldset", { className: "figblock", contentEditable: "false" })
    this.build()
    this.fill()
    this.dom.addEventListener("photo:replaced", ({ detail }) => this.askAboutWords(detail))
    this.onUpdate = () => {
      this.fillBeside()
      this.offerCredit()
    }
    editor.on("update", this.onUpdate)
    requestAnimationFrame(this.onUpdate) // the block has its place once the editor has drawn the whole text
  }

  build() {
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
    this.beside = button("Cạnh ảnh trước", "Cạnh ảnh trước: hai ảnh thành một hàng", () => this.set({ beside: !this.node.attrs.beside }))
    this.creditAll = button("", "", () => this.creditOthers(), "btn small credit-all")
    this.creditAll.hidden = true
    this.credit.box.append(this.creditAll)
    this.says = el("div", { className: "hint photo-says", role: "status" })
    this.dom.append(
      el("legend", { className: "vh", textContent: "Ảnh trong bài" }),
      el(
        "div",
        { className: "bar" },
        el("span", { className: "sp photo-number" }),
        button("↑", "Đưa ảnh lên", () => this.move(-1)),
        button("↓", "Đưa ảnh xuống", () => this.move(1)),
        this.beside,
        button("Thay ảnh", "Thay ảnh này bằng ảnh khác", () => this.openReplacement(this.editor, this.getPos())),
        button("Lời trong kho", "Lời trong kho: lấy lại lời ghi ở kho ảnh", () => this.takeWords()),
        button("Gỡ ảnh", "Gỡ ảnh khỏi bài", () => this.remove()),
      ),
      el("div", { className: "ph" }, this.picture),
      el(
        "div",
        { className: "fields" },
        el("div", { className: "duo" }, this.caption.box, this.credit.box),
        this.alt.box,
        el("label", { className: "check-line" }, this.decorative, " Ảnh trang trí, không mang thông tin"),
        this.says,
      ),
    )
  }

  fill() {
    const { src, width, height, caption, credit, alt, decorative } = this.node.attrs
    if (width && height) {
      Object.assign(this.picture, { width, height })
      this.picture.style.aspectRatio = `auto ${width} / ${height}` // its place is held while it loads
    }
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

  /* Only right after a photo that begins its row; what stands elsewhere the server would undo as well. */
  fillBeside() {
    const pos = this.getPos()
    if (pos === undefined || this.editor.isDestroyed) return
    const before = this.editor.state.doc.resolve(pos).nodeBefore
    const may = before?.type === this.node.type && !before.attrs.beside
    const pressed = may && this.node.attrs.beside
    this.beside.hidden = !may
    this.beside.setAttribute("aria-pressed", String(pressed))
    this.dom.classList.toggle("beside", pressed)
  }

  /* Offered in the block whose name is typed: the same for every photo of the story. */
  offerCredit() {
    const { credit } = this.node.attrs
    const others = credit && !this.editor.isDestroyed ? creditedOtherwise(this.editor, credit) : []
    this.creditAll.hidden = !others.length
    this.creditAll.textContent = `Ghi cho ${others.length} ảnh còn lại`
  }

  creditOthers() {
    const { credit } = this.node.attrs
    const others = creditedOtherwise(this.editor, credit)
    const replaced = others.filter((photo) => photo.credit).length
    creditPhotos(this.editor, named(others, credit))
    const changed = replaced ? `, thay tên cũ ở ${replaced} ảnh` : ""
    const takeBack = () => {
      creditPhotos(this.editor, others)
      this.tell("Đã trả lại tên cũ.")
      this.credit.input.focus()
    }
    this.tell(`Đã ghi “${credit}” cho ${others.length} ảnh${changed}.`, [["Hoàn tác", takeBack]])
    this.credit.input.focus()
    const forget = () => {
      this.editor.off("update", forget)
      this.says.querySelector("button")?.remove() // the photos may stand elsewhere now
    }
    this.editor.on("update", forget)
  }

  tell(words, offers = []) {
    const buttons = offers.map(([label, act]) => button(label, "", act, "btn small"))
    this.says.replaceChildren(words, ...buttons)
  }

  /* The picture is another one now, the words are those of the old one: whose are they to be? */
  askAboutWords(photo) {
    const { caption, credit, alt } = this.node.attrs
    const own = { caption: photo.caption || "", credit: photo.credit || "", alt: photo.alt || "", decorative: !!photo.decorative }
    const take = (attrs, words) => () => {
      this.set(attrs)
      this.tell(words)
      this.caption.input.focus()
    }
    if (!caption && !credit && !alt) return take(own, "Đã thay ảnh.")()
    const empty = { caption: "", credit: "", alt: "", decorative: false }
    const offers = [["Giữ lời cũ", take({}, "Đã thay ảnh, giữ lời cũ. Hãy xem lại mô tả ảnh.")]]
    if (own.caption || own.credit || own.alt) offers.push(["Lấy lời của ảnh mới", take(own, "Đã lấy lời của ảnh mới.")])
    offers.push(["Xóa để ghi lại", take(empty, "Đã xóa lời cũ.")])
    this.tell("Đã thay ảnh. Lời dưới ảnh còn là của ảnh cũ:", offers)
    this.says.querySelector("button").focus()
  }

  async takeWords() {
    const { photoPicker } = document.querySelector("[data-photo-picker]").dataset
    const response = await fetch(`${photoPicker}?so=${this.node.attrs.photo}`).catch(() => null)
    const [row] = response?.ok ? (await response.json()).photos : []
    const words = row
      ? row.caption || row.credit || row.alt
        ? "Đã lấy lời trong kho ảnh; Ctrl+Z để trở lại lời cũ."
        : "Trong kho, ảnh này chưa có lời nào."
      : "Chưa lấy được lời trong kho ảnh. Hãy thử lại sau ít phút."
    this.tell(words)
    if (!row) return
    // What the library does not say stays as it was typed here.
    const { caption, credit, alt, decorative } = this.node.attrs
    this.set({
      caption: row.caption || caption,
      credit: row.credit || credit,
      alt: row.alt || alt,
      decorative: row.alt ? false : row.decorative || decorative,
    })
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
    if (node.type !== this.node.type) return false
    if (node.attrs.photo !== this.node.attrs.photo) this.tell("") // said of another picture
    this.node = node
    this.fill()
    return true
  }

  destroy() {
    this.editor.off("update", this.onUpdate)
  }

  stopEvent(event) {
    return this.dom.contains(event.target) && !/^drag/.test(event.type)
  }

  ignoreMutation() {
    return true
  }
}
