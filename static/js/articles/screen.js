/* What the writing screen holds: title, lead, body; its choices; the names under the story. Read as plain
   data that a device can keep, and written back. */

export const WORDS = ["title", "lead", "body"]

const ROWS = "bylines"
const form = document.querySelector("[data-editor-form]")
const choices = new Set(form.dataset.choices.split(" "))
const area = () => form.querySelector(".prose-editor .tiptap")?.editor
let isQuiet = false

export const box = (name) => form.elements[name]

/* True while the screen is written to, and nobody types. */
export const isWritten = () => isQuiet

export const texts = () => Object.fromEntries(WORDS.map((name) => [name, box(name).value]))

const labelOf = (name) => {
  const control = box(name)
  return control?.tagName === "SELECT" ? (control.selectedOptions[0]?.textContent ?? "") : ""
}

/* [name, value, words] of every choice and of every row of names, as the form would send them. */
export const fields = () =>
  Array.from(new FormData(form))
    .filter(([name, value]) => typeof value === "string" && (choices.has(name) || name.startsWith(`${ROWS}-`)))
    .filter(([name]) => !name.includes("__prefix__"))
    .map(([name, value]) => [name, value, labelOf(name)])

/* The choice a field belongs to: all rows of names are one. */
const choiceOf = (name) => (name.startsWith(`${ROWS}-`) ? ROWS : name)

const grouped = (kept) => {
  const found = {}
  for (const [name, value] of kept) found[choiceOf(name)] = `${found[choiceOf(name)] ?? ""}${name}=${value}\n`
  delete found[`${ROWS}-INITIAL_FORMS`]
  return found
}

/* Names of the choices that differ between two states of `fields()`. */
export const touched = (kept, base) => {
  const [now, before] = [grouped(kept), grouped(base)]
  return [...new Set([...Object.keys(now), ...Object.keys(before)])].filter((name) => now[name] !== before[name])
}

const rowsIn = (kept) => {
  const values = Object.fromEntries(kept.map(([name, value]) => [name, value]))
  const words = Object.fromEntries(kept.map(([name, , label]) => [name, label]))
  if (!(`${ROWS}-TOTAL_FORMS` in values)) return null
  return Array.from({ length: Number(values[`${ROWS}-TOTAL_FORMS`]) }, (_, i) => `${ROWS}-${i}-`)
    .filter((row) => !values[`${row}DELETE`] && values[`${row}name`] !== undefined)
    .map((row) => ({
      name: values[`${row}name`],
      role: values[`${row}role`],
      department: values[`${row}department`] ?? "",
      department_shown: words[`${row}department`],
      person: values[`${row}person`] ?? "",
      person_shown: words[`${row}person`],
    }))
}

/* Kept fields as choices that `write` takes. */
export const choicesIn = (kept) => {
  const rows = rowsIn(kept)
  const found = kept.filter(([name]) => choices.has(name)).map(([name, value, shown]) => ({ name, value, shown }))
  return rows ? [...found, { name: ROWS, value: rows, shown: "" }] : found
}

export const ownRows = () => rowsIn(fields()) ?? []

const set = (control, value, shown) => {
  if (!control || control.value === value) return
  const isUnknown = control.tagName === "SELECT" && !Array.from(control.options).some((option) => option.value === value)
  if (isUnknown) control.append(new Option(shown, value))
  control.value = value
  const element = control instanceof RadioNodeList ? control[0] : control
  element.dispatchEvent(new Event("change", { bubbles: true }))
}

const setRows = (rows) => {
  const count = () => Number(box(`${ROWS}-TOTAL_FORMS`).value)
  while (count() < rows.length) {
    const before = count()
    document.querySelector(`#${ROWS}-group .add-row a`)?.click()
    if (count() === before) return
  }
  for (let i = count() - 1; i >= rows.length; i--) {
    const remove = document.querySelector(`#${ROWS}-${i} .inline-deletelink`)
    const tick = box(`${ROWS}-${i}-DELETE`)
    if (remove) remove.click()
    else if (tick) tick.checked = true
  }
  rows.forEach((row, i) => {
    for (const name of ["name", "role", "department", "person"]) set(box(`${ROWS}-${i}-${name}`), row[name], row[`${name}_shown`])
    const tick = box(`${ROWS}-${i}-DELETE`)
    if (tick) tick.checked = false
  })
}

const setText = (name, value) => {
  if (value === undefined || box(name).value === value) return
  box(name).value = value
  box(name).dispatchEvent(new Event("input", { bubbles: true }))
}

/* Puts words and choices on the screen; what is not given stays. */
export const write = ({ title, lead, body, choices: given = [] }) => {
  isQuiet = true
  try {
    setText("title", title)
    setText("lead", lead)
    if (body !== undefined) {
      if (area()) area().commands.setContent(body)
      else box("body").value = body
    }
    for (const { name, value, shown } of given) {
      if (name === ROWS) setRows(value)
      else set(box(name), value, shown)
    }
  } finally {
    isQuiet = false
  }
}

export const writeRows = (rows) => write({ choices: [{ name: ROWS, value: rows }] })

/* The rows on the screen are known to the server: one that is taken away here is then taken away there. */
export const rowsAreKnown = () => {
  const total = box(`${ROWS}-TOTAL_FORMS`)
  if (Number(total?.value)) box(`${ROWS}-INITIAL_FORMS`).value = total.value
}

/* Writes the rows anew with `count` more in front; whoever is in one of them stays in it. */
const putInFront = (count, rows) => {
  const typing = document.activeElement
  const [, index, name] = typing?.name?.match(/^bylines-(\d+)-(.+)$/) ?? []
  const [from, to] = [typing?.selectionStart, typing?.selectionEnd]
  write({ choices: [{ name: ROWS, value: rows }] })
  if (name === undefined) return
  const moved = box(`${ROWS}-${Number(index) + count}-${name}`)
  moved?.focus()
  if (typeof from === "number") moved?.setSelectionRange(from, to)
}

/* A new story was signed on the server: before the names that were added here meanwhile. */
export const showRows = (rows = []) => {
  const here = rowsIn(fields()) ?? []
  const isHere = (row) => here.some(({ name, role }) => name.trim() === row.name && role === row.role)
  const missing = rows.filter((row) => !isHere(row))
  if (missing.length) putInFront(missing.length, [...missing, ...here])
}
