/* The front page edited in place: buttons answer without leaving the page, stories are dragged, keys move them.
   The server does every act and draws the form anew; without this file each button loads the page. */

const FORM = "[data-front-page]"
const said = document.querySelector("[data-said]")
let isBusy = false

const form = () => document.querySelector(FORM)
const unsaved = () => Number(form().dataset.unsaved) > 0

const put = (fresh, focus, fallback) => {
  form().replaceWith(document.adoptNode(fresh))
  const target = (focus && document.getElementById(focus)) || (fallback && document.getElementById(fallback))
  target?.focus({ preventScroll: false })
  const told = form().querySelector("[role=alert]") ?? form().querySelector(".bar1 .sp")
  said.textContent = told?.textContent.trim() ?? ""
}

/** Send the form with one act; draws the answer in place. */
const send = async (act, focus = document.activeElement?.id, fallback = "") => {
  if (isBusy) return
  isBusy = true
  const body = new FormData(form())
  body.set("lam", act)
  const isPost = form().method === "post"
  const address = isPost ? form().action : `${form().action}?${new URLSearchParams(body)}`
  try {
    const answer = await fetch(address, { method: form().method, body: isPost ? body : undefined, credentials: "same-origin" })
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(FORM)
    if (!fresh) throw new Error("no form")
    put(fresh, focus, fallback)
  } catch {
    said.textContent = "Chưa gửi được. Thay đổi vẫn còn trên màn hình; xem lại mạng rồi bấm lần nữa."
    said.classList.remove("vh")
  } finally {
    isBusy = false
  }
}

document.addEventListener("submit", (event) => {
  const button = event.submitter
  if (!event.target.matches(FORM) || button?.formTarget === "_blank") return
  if (button?.getAttribute("aria-disabled") === "true") return event.preventDefault()
  if (button?.value === "luu") {
    form().dataset.unsaved = "0" // the answer is a page of its own
    return
  }
  event.preventDefault()
  said.classList.add("vh")
  send(button?.value ?? "xem", button?.dataset.then || button?.id, "luu-trang-chu")
})

document.addEventListener("keydown", (event) => {
  const handle = event.target.closest?.("[data-grab^='move:']")
  const verb = { ArrowUp: "up", ArrowDown: "down", Delete: "remove" }[event.key]
  if (!handle || !verb) return
  event.preventDefault()
  const key = handle.dataset.grab.slice("move:".length)
  const next = handle.closest("li").nextElementSibling?.querySelector("[data-grab]")?.id
  send(`${verb}:${key}`, handle.id, verb === "remove" ? next : handle.id)
})

// A handle is dragged with the mouse, a pen or a finger; the page scrolls when the pointer nears its edge.
const EDGE = 80
const STEP = 18
const NEAR = 6 // pixels that are still a press
let drag = null

const slotUnder = ({ clientX, clientY }) => document.elementFromPoint(clientX, clientY)?.closest("[data-drop]")
const mark = (slot) => {
  if (drag.slot === slot) return
  drag.slot?.classList.remove("over")
  slot?.classList.add("over")
  drag.slot = slot
}
const scroll = () => {
  if (!drag) return
  const below = drag.event.clientY - (innerHeight - EDGE)
  const above = EDGE - drag.event.clientY
  if (drag.isMoving && (below > 0 || above > 0)) {
    scrollBy(0, below > 0 ? STEP : -STEP)
    mark(slotUnder(drag.event))
  }
  requestAnimationFrame(scroll)
}
const end = () => {
  mark(null)
  drag.item.classList.remove("lifted")
  drag = null
}

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-grab]")
  if (!handle || event.button !== 0) return
  handle.setPointerCapture(event.pointerId)
  drag = { handle, item: handle.closest("li"), event, x: event.clientX, y: event.clientY, isMoving: false, slot: null }
  requestAnimationFrame(scroll)
})
document.addEventListener("pointermove", (event) => {
  if (!drag) return
  drag.event = event
  drag.isMoving ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > NEAR
  if (!drag.isMoving) return
  drag.item.classList.add("lifted")
  mark(slotUnder(event))
})
document.addEventListener("pointerup", () => {
  if (!drag) return
  const { handle, slot, isMoving, item } = drag
  end()
  if (isMoving && slot && slot !== item) send(`${handle.dataset.grab}:${slot.dataset.drop}`, handle.id, "luu-trang-chu")
})
document.addEventListener("pointercancel", () => drag && end())

addEventListener("beforeunload", (event) => {
  if (unsaved()) event.preventDefault()
})
