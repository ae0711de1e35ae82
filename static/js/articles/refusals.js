/* What the server would not store, said at its field; everything else is stored. */

const form = document.querySelector("[data-editor-form]")

const controlOf = (name) => {
  const found = form.elements[name]
  return found instanceof RadioNodeList ? found[0] : found
}

const labelOf = (name) => {
  if (name === "bylines") return "Người viết"
  const control = controlOf(name)
  return (control?.labels?.[0] ?? control?.closest("fieldset")?.querySelector("legend"))?.textContent.trim() || "Một ô"
}

const forget = () => {
  for (const list of form.querySelectorAll("[data-refused]")) {
    const place = list.parentElement
    const control = place.querySelector(`[aria-describedby~="${list.id}"]`)
    const rest = control?.getAttribute("aria-describedby").split(" ").filter((id) => id !== list.id)
    if (rest?.length) control.setAttribute("aria-describedby", rest.join(" "))
    else control?.removeAttribute("aria-describedby")
    control?.removeAttribute("aria-invalid")
    place.classList.remove("err")
    list.remove()
  }
}

const list = (name, errors) => {
  const made = document.createElement("ul")
  Object.assign(made, { className: "errorlist", id: `refused-${name}` })
  made.dataset.refused = name
  for (const words of errors) {
    const item = document.createElement("li")
    item.textContent = words
    made.append(item)
  }
  return made
}

/* The list on top of the page: each a way to its box. */
const tellAll = (refused) => {
  const box = document.querySelector("[data-refused-list]")
  const rows = Object.entries(refused).map(([name, errors]) => {
    const link = document.createElement("a")
    Object.assign(link, { href: `#${name}`, textContent: labelOf(name) })
    link.dataset.place = name
    const item = document.createElement("li")
    item.append(link, `: ${errors.join(" ")}`)
    return item
  })
  if (rows.length) box.querySelector("[data-refused-words]").textContent = "Phần còn lại đã lưu."
  box.querySelector("[data-refusals]").replaceChildren(...rows)
  box.hidden = !rows.length
}

/* `refused`: {field: [words]}. Answers what the bar says of it, "" when nothing was refused. */
export const showRefused = (refused) => {
  forget()
  const names = Object.keys(refused)
  for (const name of names) {
    const control = controlOf(name)
    const place = document.getElementById(name)
    if (!place) continue
    place.classList.add("err")
    const made = list(name, refused[name])
    const before = place.querySelector(".lab-row, .inline-heading, label")
    if (before && before.parentElement === place) before.after(made)
    else place.prepend(made)
    if (!control || control.type === "hidden") continue
    control.setAttribute("aria-invalid", "true")
    control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), made.id].filter(Boolean).join(" "))
  }
  tellAll(refused)
  if (!names.length) return ""
  const where = names.length > 1 ? `${names.length} ô` : labelOf(names[0])
  return `${where} chưa lưu được, xem đầu trang.`
}
