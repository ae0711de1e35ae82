/* A Word file becomes the text: chosen here, or already chosen on the page where a story begins. An empty screen
   takes it at once; a screen with words asks first where it goes. */

import { fill, HEAD, isBlank, proposals, send, takeHead, taken, tell } from "./brought.js"
import { takeOver } from "./word-handover.js"

const form = document.querySelector("[data-editor-form]")
const dialog = document.getElementById("word-dialog")
const input = dialog.querySelector("[type=file]")
const says = dialog.querySelector("[data-says]")
const editorOf = () => form.querySelector(".prose-editor .tiptap")?.editor
const hasWords = () => !isBlank(editorOf())

const takeIn = (read, isWhole) => {
  const editor = editorOf()
  if (isWhole) {
    for (const name of ["title", "lead"]) if (read[name]) form.elements[name].value = ""
    editor.commands.setContent(read.body, { emitUpdate: true })
    takeHead(read)
  } else {
    editor.commands.insertContentAt(editor.state.doc.content.size, read.body)
    for (const name of HEAD) fill(name, read[name])
  }
  const last = read.body.includes("<figure") ? ["Hãy kiểm chú thích, nguồn và mô tả từng ảnh."] : []
  tell([...proposals(editor, read), ...read.notes, ...taken(read, "tệp"), ...last])
}

const openWord = async () => {
  const [file] = input.files
  if (!file) {
    says.textContent = "Hãy chọn một tệp Word (.docx)."
    return
  }
  const isWhole = !hasWords() || dialog.querySelector("[name=word-place]:checked")?.value !== "end"
  says.textContent = `Đang đọc “${file.name}”…`
  if (!dialog.open) tell([says.textContent])
  try {
    const read = await send(form.dataset.openWord, { file, department: form.elements.department?.value ?? "" })
    takeIn(read, isWhole)
    if (dialog.open) dialog.close()
  } catch (failure) {
    says.textContent = failure.message || "Chưa đọc được tệp: mất kết nối hoặc hết phiên. Chữ trong bài vẫn còn; hãy thử lại."
    tell([])
    ask()
  }
  input.value = "" // the same file, mended, can be chosen again
}

const ask = () => {
  dialog.querySelector("[data-where]").hidden = !hasWords()
  dialog.querySelector("[value=end]").checked = hasWords()
  if (!dialog.open) dialog.showModal()
}

const begin = () => {
  says.textContent = ""
  if (hasWords()) ask()
  else input.click()
}

/* Above an empty text stands one button, under a text the other. */
const above = document.querySelector("[data-word-first]")
const below = document.querySelector("[data-word-button]")
const placeButtons = () => {
  const isEmpty = !editorOf() || editorOf().isEmpty
  above.hidden = !isEmpty
  below.hidden = isEmpty
}
for (const button of [above, below]) button.addEventListener("click", begin)
input.addEventListener("change", () => {
  if (input.files.length && !dialog.open) openWord()
})
dialog.querySelector("[data-read]").addEventListener("click", openWord)
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close())

const attend = (editor) => {
  editor.on("update", placeButtons)
  placeButtons()
  const read = isBlank(editor) ? takeOver() : null
  if (read) takeIn(read, true)
}
document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => attend(editor))
if (editorOf()) attend(editorOf())
