/* Put a document of the register into the text: a paragraph that is its link, drawn as a card. */

const form = document.querySelector("[data-editor-form]")
const dialog = document.querySelector("#document-dialog")
const words = dialog.querySelector("[data-words]")
const list = dialog.querySelector("[data-list]")
const says = dialog.querySelector("[data-says]")
let editor
let timer

const insert = ({ label, url }) => {
  dialog.close()
  const link = { type: "text", text: label, marks: [{ type: "link", attrs: { href: url } }] }
  const { $from } = editor.state.selection
  const top = $from.depth ? $from.node(1) : null
  const card = { type: "paragraph", content: [link] }
  const isEmpty = top?.type.name === "paragraph" && !top.content.size
  const at = $from.depth ? $from.after(1) : $from.pos
  const place = isEmpty ? { from: $from.before(1), to: at } : at
  editor.chain().insertContentAt(place, [card, { type: "paragraph" }]).focus().run()
}

const look = async () => {
  const address = `${form.dataset.linkOffers}?loai=van-ban&q=${encodeURIComponent(words.value)}`
  const response = await fetch(address, { redirect: "manual" }).catch(() => null)
  const found = response?.ok ? (await response.json()).found : null
  says.textContent = found
    ? found.length ? "" : "Không có văn bản đã công bố nào khớp."
    : "Chưa tìm được: mất kết nối hoặc hết phiên."
  list.replaceChildren(
    ...(found || []).map((row) => {
      const button = Object.assign(document.createElement("button"), {
        type: "button",
        className: "btn quiet small",
        textContent: row.label,
      })
      button.addEventListener("click", () => insert(row))
      const item = document.createElement("li")
      item.append(button)
      return item
    }),
  )
}

words.addEventListener("input", () => {
  clearTimeout(timer)
  timer = setTimeout(look, 250)
})
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close())

for (const button of document.querySelectorAll("[data-insert-document]")) {
  button.hidden = false
  button.addEventListener("click", () => {
    editor = document.querySelector(".prose-editor .tiptap")?.editor
    if (!editor) return
    words.value = ""
    dialog.showModal()
    look()
  })
}
