/* Rows of a form in an order made by hand: dragged by a handle, moved by ↑ ↓ or the arrow keys, instead of numbers
   in a box. The boxes stay in the form and are written when a row moves; without this file they are typed. */

const groups = [...document.querySelectorAll(".inline-group")].filter((group) => group.querySelector("td.field-position"))
const said = document.createElement("p")
said.className = "vh"
said.setAttribute("role", "status")

const ICONS = {
  up: "M12 19V5m-5 5 5-5 5 5",
  down: "M12 5v14m-5-5 5 5 5-5",
  grip: "M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1",
}

const icon = (name) => {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  for (const [key, value] of Object.entries({ class: "ico", viewBox: "0 0 24 24", "aria-hidden": "true" })) drawn.setAttribute(key, value)
  const line = document.createElementNS(drawn.namespaceURI, "path")
  line.setAttribute("d", ICONS[name])
  drawn.append(line)
  return drawn
}

const rowsOf = (body) => [...body.querySelectorAll(":scope > tr.form-row:not(.empty-form)")]
const place = (row) => row.querySelector("td.field-position input")
const isStored = (row) => Boolean(row.querySelector("input[type=hidden][name$='-id']")?.value)
const isFilled = (row) => [...row.querySelectorAll("input:not([type=hidden]), textarea, select")].some((box) => box !== place(row) && box.value.trim())
const nameOf = (row) => row.querySelector("td:not(.original) :is(input:not([type=hidden]), textarea)")?.value.trim() || "dòng trống"

/* A new row comes last until it is moved; the form that was served has nothing typed there. */
const clear = (row) => {
  const box = place(row)
  if (!box || isStored(row)) return
  box.defaultValue = ""
  box.value = ""
}

/* A new row without words stays unnumbered: it is no row yet. */
const number = (body) => {
  for (const [index, row] of rowsOf(body).entries()) {
    const box = place(row)
    const value = isStored(row) || isFilled(row) ? String(index + 1) : ""
    if (box.value === value) continue
    box.value = value
    box.dispatchEvent(new Event("change", { bubbles: true }))
  }
}

const tell = (row) => {
  const rows = rowsOf(row.parentElement)
  said.textContent = `“${nameOf(row)}” ở dòng ${rows.indexOf(row) + 1} trong ${rows.length}`
}

const move = (row, step, focused) => {
  const rows = rowsOf(row.parentElement)
  const other = rows[rows.indexOf(row) + step]
  if (!other) return
  if (step < 0) other.before(row)
  else other.after(row)
  number(row.parentElement)
  focused.focus()
  tell(row)
}

const button = (words, name, press) => {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "ib"
  made.setAttribute("aria-label", words)
  made.append(icon(name))
  made.addEventListener("click", () => press(made))
  return made
}

let dragged = null

const grip = (row) => {
  const handle = button("Kéo để đổi thứ tự; phím mũi tên lên, xuống cũng được", "grip", () => {})
  handle.classList.add("grab")
  handle.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    move(row, step, handle)
  })
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    handle.setPointerCapture(event.pointerId)
    dragged = row
    row.classList.add("lifted")
  })
  handle.addEventListener("pointermove", (event) => {
    if (dragged !== row) return
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("tr.form-row:not(.empty-form)")
    if (!over || over === row || over.parentElement !== row.parentElement) return
    const { top, height } = over.getBoundingClientRect()
    if (event.clientY < top + height / 2) over.before(row)
    else over.after(row)
    handle.setPointerCapture(event.pointerId) // moving the row lets the pointer go
  })
  const end = () => {
    if (dragged !== row) return
    dragged = null
    row.classList.remove("lifted")
    number(row.parentElement)
    tell(row)
  }
  handle.addEventListener("pointerup", end)
  handle.addEventListener("pointercancel", end)
  return handle
}

const dress = (row) => {
  const cell = row.querySelector("td.field-position")
  if (!cell || cell.querySelector(".row-order")) return
  const tools = document.createElement("div")
  tools.className = "row-order"
  tools.append(
    grip(row),
    button("Đưa dòng này lên", "up", (pressed) => move(row, -1, pressed)),
    button("Đưa dòng này xuống", "down", (pressed) => move(row, 1, pressed)),
  )
  cell.append(tools)
}

for (const group of groups) {
  const body = group.querySelector("tbody")
  group.classList.add("is-ordered")
  for (const row of rowsOf(body)) {
    clear(row)
    dress(row)
  }
  // Django numbers the rows anew when a new one is removed, and takes them in the order of the page.
  group.addEventListener("click", (event) => {
    if (!event.target.closest(".inline-deletelink")) return
    const wanted = rowsOf(body)
    const byNumber = (row) => Number(row.id.split("-").at(-1))
    const last = body.querySelector(":scope > tr.empty-form")
    for (const row of wanted.toSorted((a, b) => byNumber(a) - byNumber(b))) last.before(row)
    setTimeout(() => {
      for (const row of wanted) if (row.isConnected) last.before(row)
    })
  }, true)
}
if (groups.length) document.body.append(said)
document.addEventListener("formset:added", ({ target }) => {
  if (!target.closest(".is-ordered")) return
  clear(target)
  dress(target)
})
