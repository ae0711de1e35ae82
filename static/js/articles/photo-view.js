/* A photo block on the writing screen: picture, caption, credit and description in one place. */

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

export class PhotoView {
  constructor({ node, editor, getPos }) {
    this.node = node
    this.editor = editor
    this.getPos = getPos
    this.dom = el("fieldset", { className: "figblock", contentEditable: "false" })
    this.build()
    this.fill()
    this.onUpdate = () => this.fillBeside()
    editor.on("update", this.onUpdate)
    requestAnimationFrame(this.onUpdate) // the block has its place once the editor has drawn the whole text
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
    this.beside = button("Cạnh ảnh trước", "Cạnh ảnh trước: hai ảnh thành một hàng", () => this.set({ beside: !this.node.attrs.beside }))
    this.says = el("p", { className: "hint", role: "status" })
    this.dom.append(
      el("legend", { className: "vh", textContent: "Ảnh trong bài" }),
      el(
        "div",
        { className: "bar" },
        el("span", { className: "sp photo-number" }),
        button("↑", "Đưa ảnh lên", () => this.move(-1)),
        button("↓", "Đưa ảnh xuống", () => this.move(1)),
        this.beside,
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

  async takeWords() {
    const { photoPicker } = document.querySelector("[data-photo-picker]").dataset
    const response = await fetch(`${photoPicker}?so=${this.node.attrs.photo}`).catch(() => null)
    const [row] = response?.ok ? (await response.json()).photos : []
    this.says.textContent = row
      ? row.caption || row.credit || row.alt
        ? "Đã lấy lời trong kho ảnh; Ctrl+Z để trở lại lời cũ."
        : "Trong kho, ảnh này chưa có lời nào."
      : "Chưa lấy được lời trong kho ảnh. Hãy thử lại sau ít phút."
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
    if (node.type !== this.node.type || node.attrs.photo !== this.node.attrs.photo) return false
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
