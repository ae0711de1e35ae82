/* Photos on their way into the text: a bar each, “Thử lại” when one fails; the text and the place stay. */

import { uploadPhoto } from "./photo-dialog.js"

const list = () => document.querySelector("[data-uploads]")

const make = (tag, props, ...children) => {
  const made = Object.assign(document.createElement(tag), props)
  made.append(...children)
  return made
}

/* The place stays where it was meant while somebody types before or after it. */
const tracked = (editor, start) => {
  const place = { at: start }
  const follow = ({ transaction }) => {
    place.at = transaction.mapping.map(place.at, 1)
  }
  editor.on("transaction", follow)
  return { place, stop: () => editor.off("transaction", follow) }
}

const send = async (row, file, url) => {
  row.bar.value = 0
  row.bar.hidden = false
  row.again.hidden = row.leave.hidden = true
  row.says.textContent = `Đang tải “${file.name}”…`
  const answer = await uploadPhoto(url, file, (part) => {
    row.bar.value = part
    if (part === 1) row.says.textContent = `Đang xử lý “${file.name}”…`
  })
  row.bar.hidden = true
  if (answer.photo) {
    row.item.remove()
    return answer.photo
  }
  row.says.textContent = `“${file.name}”: ${answer.error}`
  row.again.hidden = row.leave.hidden = false
  return null
}

const rowFor = (file) => {
  const bar = make("progress", { className: "progressline", max: 1, value: 0 })
  bar.setAttribute("aria-label", `Đang tải ${file.name}`)
  const says = make("span", {})
  const again = make("button", { type: "button", className: "btn small", textContent: "Thử lại", hidden: true })
  const leave = make("button", { type: "button", className: "btn small quiet", textContent: "Bỏ ảnh này", hidden: true })
  const item = make("li", { className: "upload" }, says, bar, again, leave)
  list().append(item)
  return { item, bar, says, again, leave }
}

/* Each file by itself and in order; `insert(editor, photo, focus, at)` puts a finished one into the text. */
export const uploadAll = async (editor, files, insert, start = editor.state.selection.from) => {
  const url = document.querySelector("[data-photo-upload]").dataset.photoUpload
  const { place, stop } = tracked(editor, start)
  const rows = files.map((file) => [file, rowFor(file)])
  let open = rows.length
  const done = () => {
    open -= 1
    if (!open) stop()
  }
  const attempt = async (file, row) => {
    const photo = await send(row, file, url)
    if (!photo) return
    place.at = insert(editor, photo, false, place.at)
    done()
  }
  for (const [file, row] of rows) {
    row.again.onclick = () => attempt(file, row)
    row.leave.onclick = () => {
      row.item.remove()
      done()
    }
  }
  for (const [file, row] of rows) await attempt(file, row)
}
