/* Tags that readers know already, offered while one is typed: a combobox over the plain field (WAI-ARIA, list
   autocomplete with manual selection). Keys, mouse and touch choose; whatever else is typed stays as typed. */

const MOST = 6
const SEPARATOR = /[,;]/u

const field = document.getElementById("id_tags")
const known = Array.from(document.querySelectorAll("#known-tags option"), (option) => option.value)

const folded = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/giu, "d").toLowerCase().replace(/\s+/gu, " ").trim()

const index = known.map((name) => ({ name, key: folded(name) }))
const list = document.createElement("ul")
const told = document.createElement("span")
let active = -1

/* Where the tag under the caret begins and ends. */
const piece = () => {
  const { value, selectionStart: caret } = field
  let start = caret
  let end = caret
  while (start > 0 && !SEPARATOR.test(value[start - 1])) start -= 1
  while (end < value.length && !SEPARATOR.test(value[end])) end += 1
  return { start, end, typed: folded(value.slice(start, end).replace(/^[\s#"]+/u, "")) }
}

const matches = () => {
  const { start, end, typed } = piece()
  if (!typed) return []
  const others = `${field.value.slice(0, start)},${field.value.slice(end)}`.split(SEPARATOR).map(folded)
  const fits = index.filter(({ key }) => key.startsWith(typed) || key.includes(` ${typed}`))
  const open = fits.filter(({ name, key }) => !others.includes(key) && name !== field.value.slice(start, end).trim())
  return open.slice(0, MOST).map(({ name }) => name)
}

const close = () => {
  list.hidden = true
  active = -1
  field.setAttribute("aria-expanded", "false")
  field.removeAttribute("aria-activedescendant")
}

const mark = (number) => {
  active = number
  for (const [at, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(at === active))
  const chosen = list.children[active]
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id)
  else field.removeAttribute("aria-activedescendant")
}

const choose = (name) => {
  const { start, end } = piece()
  const written = SEPARATOR.test(name) ? `"${name}"` : name
  const before = field.value.slice(0, start)
  const after = field.value.slice(end)
  const put = `${before}${before ? " " : ""}${written}${after ? "" : ", "}`
  field.value = put + after
  field.focus()
  field.setSelectionRange(put.length, put.length)
  close()
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

const offer = () => {
  const names = matches()
  list.replaceChildren(
    ...names.map((name, number) => {
      const option = document.createElement("li")
      Object.assign(option, { id: `known-tag-${number}`, role: "option", textContent: name })
      option.addEventListener("pointerdown", (event) => event.preventDefault()) // the field keeps the focus
      option.addEventListener("click", () => choose(name))
      return option
    }),
  )
  close()
  told.textContent = names.length ? `${names.length} thẻ gợi ý` : ""
  if (!names.length) return
  list.hidden = false
  field.setAttribute("aria-expanded", "true")
  mark(-1)
}

const move = (event, step) => {
  const count = list.children.length
  event.preventDefault()
  mark(active < 0 && step < 0 ? count - 1 : (active + step + count) % count)
}

const press = (event) => {
  if (list.hidden) return
  if (event.key === "ArrowDown") move(event, 1)
  else if (event.key === "ArrowUp") move(event, -1)
  else if (event.key === "Enter" && active >= 0) {
    event.preventDefault()
    choose(list.children[active].textContent)
  } else if (event.key === "Escape") {
    event.stopPropagation()
    close()
  }
}

if (field && known.length) {
  Object.assign(list, { id: "known-tags-list", className: "suggest", role: "listbox", hidden: true })
  list.setAttribute("aria-label", "Thẻ gợi ý")
  told.className = "vh"
  told.setAttribute("role", "status")
  field.after(list, told)
  Object.assign(field, { role: "combobox", autocomplete: "off" })
  field.setAttribute("aria-autocomplete", "list")
  field.setAttribute("aria-controls", list.id)
  close()
  field.addEventListener("input", (event) => event.isTrusted && offer())
  field.addEventListener("keydown", press)
  field.addEventListener("blur", close)
}
