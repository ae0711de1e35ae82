/* What stands in a form of the office, read as plain data that a device can keep, and written back. Never
   passwords, files, tokens. */

const SILENT = new Set("password file submit button reset image".split(" "))
const OURS = new Set("csrfmiddlewaretoken khoa shown_version saved_copy staged action".split(" "))
const BESIDE = /^seen_version$|-\d+-id$/ // no words; needed to write them back to where they stood
const ROW = /^(.+)-(\d+)-(.+)$/

const isRead = (control) =>
  control.name && !control.disabled && !SILENT.has(control.type) && !OURS.has(control.name) && !control.name.includes("__prefix__")
const isTicked = (control) => control.type === "checkbox" || control.type === "radio"

const options = (control, asServed) => {
  const chosen = Array.from(control.options).filter((one) => (asServed ? one.defaultSelected : one.selected))
  if (chosen.length || control.multiple || !asServed) return chosen
  return Array.from(control.options).slice(0, 1) // as a browser shows a list in which nothing is chosen
}

const valuesOf = (control, asServed) => {
  if (control.options) return options(control, asServed).map((one) => [control.name, one.value, one.text])
  const isOn = asServed ? control.defaultChecked : control.checked
  if (isTicked(control)) return isOn ? [[control.name, control.value]] : []
  return [[control.name, asServed ? control.defaultValue : control.value]]
}

const controlsOf = (form, isHidden) =>
  Array.from(form.elements).filter((control) => isRead(control) && (control.type === "hidden") === isHidden)

/* [name, value, words of a choice] of all that is shown; `asServed`: as the page came. */
export const wordsOf = (form, asServed = false) =>
  controlsOf(form, false).flatMap((control) => valuesOf(control, asServed))

/* {name: value}: which version and which rows the words belong to. */
export const besideOf = (form) =>
  Object.fromEntries(
    controlsOf(form, true)
      .filter(({ name }) => BESIDE.test(name))
      .map(({ name, value }) => [name, value]),
  )

const grouped = (words) => {
  const found = {}
  for (const [name, value] of words) if (value) found[name] = [...(found[name] ?? []), value.replaceAll("\r\n", "\n")]
  return found
}

/* Whether two readings say the same; an empty box says as much as one that is not there. */
export const isSame = (one, other) => {
  const [a, b] = [grouped(one), grouped(other)]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => String(a[name]) === String(b[name]))
}

export const hasPassword = (form) => Array.from(form.elements).some((control) => control.type === "password")

/* --- writing back --- */

const controlsNamed = (form, name) => Array.from(form.elements).filter((control) => control.name === name)

const isBlank = (form, row) =>
  controlsOf(form, false)
    .filter(({ name }) => name.startsWith(row))
    .every((control) => isSame(valuesOf(control), valuesOf(control, true)))

const addRow = (prefix, count) => {
  const before = count()
  document.querySelector(`[id="${prefix}-group"] .add-row a`)?.click()
  return count() > before ? before : null
}

/* Which row of this form each kept row belongs to: {"programme-0-": "programme-2-"}. A row that is no longer
   stored, and a new one, goes to an empty row. */
const placesOf = (form, { words, beside }) => {
  const places = new Map()
  const taken = new Set()
  for (const [name] of words) {
    const [, prefix, index] = name.match(ROW) ?? []
    const from = `${prefix}-${index}-`
    const total = form.elements[`${prefix}-TOTAL_FORMS`]
    if (!total || places.has(from)) continue
    const count = () => Number(total.value)
    const all = Array.from({ length: count() }, (_, i) => i)
    const stored = Number(form.elements[`${prefix}-INITIAL_FORMS`].value)
    const id = beside[`${from}id`]
    const known = all.find((i) => id && form.elements[`${prefix}-${i}-id`]?.value === id)
    const free = () => all.find((i) => i >= stored && !taken.has(`${prefix}-${i}-`) && isBlank(form, `${prefix}-${i}-`))
    const to = known ?? free() ?? addRow(prefix, count)
    places.set(from, to === null ? null : `${prefix}-${to}-`)
    taken.add(places.get(from))
  }
  return places
}

const show = (control) => {
  for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }))
  for (let box = control.closest("details"); box; box = box.parentElement.closest("details")) box.open = true
}

const setControl = (control, kept) => {
  const before = JSON.stringify(valuesOf(control))
  const values = kept.map(([value]) => value)
  if (control.options && (control.multiple || kept.length)) {
    for (const [value, words] of kept) {
      if (!Array.from(control.options).some((one) => one.value === value)) control.append(new Option(words, value))
    }
    for (const one of control.options) one.selected = values.includes(one.value)
  } else if (isTicked(control)) control.checked = values.includes(control.value)
  else if (values.length) control.value = values[0]
  if (JSON.stringify(valuesOf(control)) !== before) show(control)
}

/* Puts kept words back into the form. Answers the words for which it has no place any more. */
export const writeWords = (form, copy) => {
  const places = placesOf(form, copy)
  const kept = new Map()
  const homeless = []
  for (const [name, value, shown] of copy.words) {
    const [, prefix, index, field] = name.match(ROW) ?? []
    const row = `${prefix}-${index}-`
    const to = places.has(row) ? places.get(row) && places.get(row) + field : name
    if (to && controlsNamed(form, to).some(isRead)) kept.set(to, [...(kept.get(to) ?? []), [value, shown]])
    else if (value) homeless.push(shown ?? value)
  }
  const rows = [...places.values()]
  const isOurs = ({ name }) => {
    const row = name.match(ROW)
    return !row || !form.elements[`${row[1]}-TOTAL_FORMS`] || rows.includes(`${row[1]}-${row[2]}-`)
  }
  for (const control of controlsOf(form, false).filter(isOurs)) setControl(control, kept.get(control.name) ?? [])
  const seen = form.elements.seen_version
  if (seen && copy.beside.seen_version) seen.value = copy.beside.seen_version // another's save is then noticed
  return homeless
}
