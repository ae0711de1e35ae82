/* A manuscript that was brought in: what it says besides its text is put into the fields, what was changed is told,
   what is only likely is offered with a button. */

import { creditPhotos, named, withoutCredit } from "./credit.js"
import { ownRows, writeRows } from "./screen.js"

const form = document.querySelector("[data-editor-form]")
const box = document.querySelector("[data-brought]")

export const send = async (address, fields, token = form.elements.csrfmiddlewaretoken.value) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  const headers = { "X-CSRFToken": token }
  const response = await fetch(address, { method: "POST", body: data, headers, redirect: "manual" }).catch(() => null)
  if (!response) throw new Error("") // the browser's own words are English
  const answer = response.type === "opaqueredirect" ? {} : await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(answer.error ?? "")
  return answer
}

let open = null

export const closeNotice = () => open?.()

/* A note is a sentence, or {text, label, act}: an offer with its button. `act` answers what was done. */
const line = (note) => {
  const item = document.createElement("li")
  item.append(note.text ?? note)
  if (!note.act) return item
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "btn small",
    textContent: note.label,
  })
  button.addEventListener("click", () => {
    item.replaceChildren(note.act())
    box.querySelector("[data-notes]").focus()
  })
  item.append(" ", button)
  return item
}

export const tell = (notes, undo) => {
  open?.()
  if (!notes.length) return
  box.querySelector("[data-notes]").replaceChildren(...notes.map(line))
  const back = box.querySelector("[data-undo]")
  const raw = box.querySelector("[data-raw]")
  const again = box.querySelector("[data-again]")
  const hasOffers = () => box.querySelector("[data-notes] button") !== null
  back.hidden = !undo
  raw.hidden = !undo?.raw
  again.hidden = true
  back.onclick = () => undo.all()
  raw.onclick = () => undo.raw()
  again.onclick = () => {
    delete box.dataset.folded
    again.hidden = true
  }
  box.querySelector("[data-done]").onclick = () => open?.()
  box.hidden = false
  delete box.dataset.folded
  // Who types on has read it, or will not: the notice goes, and only the way back and open offers stay in reach.
  const fold = ({ target }) => {
    if (box.contains(target)) return
    if (!undo && !hasOffers()) return open?.()
    box.dataset.folded = "1"
    again.hidden = !hasOffers()
  }
  form.addEventListener("beforeinput", fold)
  open = () => {
    form.removeEventListener("beforeinput", fold)
    box.hidden = true
    undo?.stop()
    open = null
  }
}

export const HEAD = ["title", "lead", "source_mark"]

const put = (name, words) => {
  const field = form.elements[name]
  field.value = words
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

export const fill = (name, words) => {
  if (words && !form.elements[name].value.trim()) put(name, words)
}

export const isBlank = (editor) => editor.isEmpty && HEAD.every((name) => !form.elements[name].value.trim())

/* What was recognised around the text, in words. */
export const taken = (read, from) => {
  const words = [read.title && "tiêu đề", read.lead && "sapo"].filter(Boolean).join(", ")
  const names = read.bylines.map(({ name }) => name).join(", ")
  return [
    ...(words ? [`Đã nhận ${words} ở đầu ${from}. Hãy xem lại cho đúng.`] : []),
    ...(names ? [`Đã nhận tên người viết, tác giả ảnh: ${names}. Hãy xem mục Người viết ở cuối trang.`] : []),
  ]
}

/* A whole story in an empty screen brings its title, sapo and names; returns the way back. */
export const takeHead = (head) => {
  const rows = ownRows()
  const brings = head.bylines.length > 0 && !rows.some(({ name }) => name.trim())
  if (brings) writeRows(head.bylines)
  for (const name of HEAD) fill(name, head[name])
  return () => {
    if (brings) writeRows(rows)
    for (const name of HEAD) {
      const field = form.elements[name]
      if (!head[name] || field.value !== head[name]) continue // changed since: the writer's own
      put(name, "")
    }
  }
}

const creditAll = (editor, credit) => {
  const photos = withoutCredit(editor)
  creditPhotos(editor, named(photos, credit))
  return `Đã ghi “${credit}” cho ${photos.length} ảnh.`
}

/* What is likely and not certain, each with its button. Call it once the text stands in the editor. */
export const proposals = (editor, read) => {
  const offers = []
  if (read.title_offer) {
    offers.push({
      text: `Tiêu đề đang viết hoa cả. Đề nghị: “${read.title_offer}”`,
      label: "Dùng tiêu đề này",
      act: () => {
        put("title", read.title_offer)
        return "Đã đổi tiêu đề; hãy xem lại tên riêng."
      },
    })
  }
  const count = withoutCredit(editor).length
  const name = read.credit || read.own_name
  if (count && name) {
    offers.push({
      text: read.credit
        ? `${count} ảnh chưa ghi tác giả ảnh; trong tệp ghi: ${name}.`
        : `${count} ảnh chưa ghi tác giả ảnh. Ảnh của ${name}?`,
      label: count > 1 ? `Ghi cho cả ${count} ảnh` : "Ghi cho ảnh này",
      act: () => creditAll(editor, name),
    })
  }
  if (read.letterhead) {
    offers.push({
      text: "Đã để riêng phần đầu công văn (tên cơ quan, Quốc hiệu, số, ngày) vì không thuộc bài viết.",
      label: "Đưa lại vào bài",
      act: () => {
        editor.commands.insertContentAt(0, read.letterhead)
        return "Đã đưa phần đầu công văn lên đầu bài."
      },
    })
  }
  if (read.letter_end) {
    offers.push({
      text: "Đã để riêng phần cuối công văn (Nơi nhận, chữ ký) vì không thuộc bài viết.",
      label: "Đưa lại vào bài",
      act: () => {
        editor.commands.insertContentAt(editor.state.doc.content.size, read.letter_end)
        return "Đã đưa phần cuối công văn xuống cuối bài."
      },
    })
  }
  return offers
}
