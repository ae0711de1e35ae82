/* The sheet of a print template: its boxes are moved by mouse, finger and keys; the fields below hold the figures.
   Letters are drawn by the server, as they will be printed. Without script the fields are typed. */

const stage = document.querySelector("[data-print-stage]")
const paper = stage.querySelector("[data-sheet-paper]")
const picture = paper.querySelector("img")
const said = stage.querySelector("[data-said]")
const chips = stage.querySelector("[data-boxes]")
const form = document.getElementById("printtemplate_form")
const size = { width: Number(stage.dataset.width), height: Number(stage.dataset.height) }
const PAUSE = 350 // milliseconds after the last move before the letters are drawn anew
const POINT = 25.4 / 72 // millimetres

const rows = () =>
  [...form.querySelectorAll(".inline-related[id^='boxes-']")].filter((row) => !row.classList.contains("empty-form"))
const field = (row, name) => row.querySelector(`[name$='-${name}']`)
const number = (row, name) => Number(String(field(row, name)?.value ?? "").replace(",", ".")) || 0
const shown = (millimetres) => String(millimetres).replace(".", ",")

let chosen = null
let handles = []
let waiting = 0
let drawing = null

const place = ({ handle, row }) => {
  const isCode = field(row, "kind").value === "qr"
  const high = isCode ? number(row, "width") : number(row, "size") * POINT * 1.15
  const top = isCode ? number(row, "y") : number(row, "y") - number(row, "size") * POINT * 0.9
  handle.style.left = `${(100 * number(row, "x")) / size.width}%`
  handle.style.top = `${(100 * top) / size.height}%`
  handle.style.width = `${(100 * number(row, "width")) / size.width}%`
  handle.style.height = `${(100 * high) / size.height}%`
  const where = `cách trái ${shown(number(row, "x"))} mm, cách trên ${shown(number(row, "y"))} mm`
  handle.setAttribute("aria-label", `Ô ${field(row, "name").value}, ${where}`)
}

const choose = (row) => {
  chosen = row
  for (const one of handles) {
    const isChosen = one.row === row
    one.row.hidden = !isChosen
    one.handle.classList.toggle("is-chosen", isChosen)
    one.chip.setAttribute("aria-pressed", String(isChosen))
  }
}

const address = () => {
  const asked = new URLSearchParams()
  const sheet = stage.querySelector("[data-sheet]")
  if (sheet) asked.set("to", sheet.value)
  if (stage.querySelector("[data-stock]").checked) asked.set("phoi", "1")
  return `${stage.dataset.picture}?${asked}`
}

const draw = async () => {
  drawing?.abort()
  drawing = new AbortController()
  try {
    const body = new FormData(form)
    body.delete("picture")
    const answer = await fetch(address(), { method: "POST", body, signal: drawing.signal })
    if (!answer.ok) {
      said.textContent = answer.status === 422 ? await answer.text() : "Chưa vẽ lại được, hãy thử lại."
      return
    }
    const over = answer.headers.get("X-Overflowing")
    const before = picture.src
    picture.src = URL.createObjectURL(await answer.blob())
    if (before.startsWith("blob:")) URL.revokeObjectURL(before)
    said.textContent = over
      ? `${over} ô có chữ không vừa dù đã thu nhỏ hết mức.`
      : "Kéo ô trên tờ, hoặc chọn ô rồi dùng phím mũi tên. Chưa lưu cho tới khi bấm Lưu."
  } catch (trouble) {
    if (trouble.name !== "AbortError") said.textContent = "Mất kết nối, chưa vẽ lại được."
  }
}

const drawSoon = () => {
  clearTimeout(waiting)
  waiting = setTimeout(draw, PAUSE)
}

const tenth = (figure) => Math.round(figure * 10) / 10

const moveTo = (one, x, y) => {
  field(one.row, "x").value = tenth(Math.min(Math.max(x, 0), size.width)).toFixed(1)
  field(one.row, "y").value = tenth(Math.min(Math.max(y, 0), size.height)).toFixed(1)
  place(one)
}

const move = (row, dx, dy) => {
  const one = handles.find((other) => other.row === row)
  if (!one) return
  moveTo(one, number(row, "x") + dx, number(row, "y") + dy)
  said.textContent = one.handle.getAttribute("aria-label")
  drawSoon()
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const onKey = (event, row) => {
  const step = STEPS[event.key]
  if (!step || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  const far = event.shiftKey ? 5 : event.altKey ? 0.1 : 0.5
  move(row, step[0] * far, step[1] * far)
}

const drag = (event, one) => {
  if (event.button) return
  const scale = size.width / paper.clientWidth
  const from = { x: number(one.row, "x"), y: number(one.row, "y"), left: event.clientX, top: event.clientY }
  const half = (figure) => Math.round(figure * 2) / 2
  const follow = (at) =>
    moveTo(one, half(from.x + (at.clientX - from.left) * scale), half(from.y + (at.clientY - from.top) * scale))
  const end = () => {
    one.handle.removeEventListener("pointermove", follow)
    if (number(one.row, "x") !== from.x || number(one.row, "y") !== from.y) drawSoon()
  }
  one.handle.setPointerCapture(event.pointerId)
  one.handle.addEventListener("pointermove", follow)
  one.handle.addEventListener("lostpointercapture", end, { once: true })
}

const build = () => {
  for (const one of handles) one.handle.remove()
  chips.replaceChildren()
  handles = rows().map((row) => {
    const handle = document.createElement("button")
    handle.type = "button"
    handle.className = "bx"
    const chip = document.createElement("button")
    chip.type = "button"
    chip.className = "chip"
    chip.textContent = field(row, "name").value || "Ô mới"
    const one = { row, handle, chip }
    place(one)
    handle.addEventListener("pointerdown", (event) => {
      choose(row)
      drag(event, one)
    })
    handle.addEventListener("focus", () => choose(row))
    handle.addEventListener("keydown", (event) => onKey(event, row))
    chip.addEventListener("click", () => {
      choose(row)
      handle.focus({ preventScroll: true })
    })
    paper.append(handle)
    chips.append(chip)
    return one
  })
}

const showErrors = () => rows().find((row) => row.querySelector(".errors, .errorlist"))

for (const tools of stage.querySelectorAll("[data-tools]")) tools.hidden = false
build()
choose(showErrors() ?? rows()[0])
for (const button of stage.querySelectorAll("[data-move]")) {
  button.addEventListener("click", () => chosen && move(chosen, ...button.dataset.move.split(",").map(Number)))
}
for (const control of stage.querySelectorAll("[data-sheet], [data-stock]")) control.addEventListener("change", draw)
form.addEventListener("input", (event) => {
  const one = handles.find(({ row }) => row.contains(event.target))
  if (one) {
    place(one)
    one.chip.textContent = field(one.row, "name").value || "Ô mới"
  }
  if (one || event.target.name === "has_frame") drawSoon()
})
document.addEventListener("formset:added", (event) => {
  build()
  choose(event.target)
})
document.addEventListener("formset:removed", () => {
  build()
  choose(rows()[0])
})
said.textContent = "Kéo ô trên tờ, hoặc chọn ô rồi dùng phím mũi tên."
