/* The pre-flight list beside the text: goes to the place it names, is answered in place, and is read
   again after each save (the form says so with the event "draft:saved"). */
import { toBox, toFigure, toHeading, toWords } from "./places.js"

const form = document.querySelector("[data-editor-form]")
const list = () => document.querySelector("[data-checks]")

const ask = async (address, options = {}) => {
  const headers = { Accept: "application/fragment, text/html" }
  const answer = await fetch(address, { credentials: "same-origin", headers, ...options })
  if (!answer.ok || answer.redirected) throw new Error(answer.status)
  return answer.text()
}

// What somebody is typing into a box of the list stays through a new list.
const show = (html) => {
  const old = list()
  const typed = [...old.querySelectorAll(".answer input")].map((box) => [box.id, box.value, box.closest("details").open])
  const focused = document.activeElement && old.contains(document.activeElement) ? document.activeElement.id : ""
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-checks]")
  if (!fresh) return
  old.replaceWith(document.adoptNode(fresh))
  for (const [id, value, open] of typed) {
    const box = document.getElementById(id)
    if (!box || !(value || open)) continue
    box.value = value
    box.closest("details").open = open
  }
  if (focused) document.getElementById(focused)?.focus()
  tell(Number(fresh.dataset.openCount))
}

// The bar of steps says how many are still required.
const tell = (open) => {
  const badge = document.querySelector("[data-open-items]")
  if (badge) {
    badge.hidden = !open
    badge.querySelector("span").textContent = `Còn ${open} mục`
  }
  document.dispatchEvent(new CustomEvent("checks:shown", { detail: { open } }))
}

const refresh = async ({ detail }) => {
  // A story that was stored for the first time has got its address with this save.
  const address = list()?.dataset.checksUrl || (detail?.page && `${detail.page}../kiem/`)
  if (!address) return
  try {
    show(await ask(new URL(address, location.href)))
  } catch {
    // The list stays as it was; the next save asks again.
  }
}
form.addEventListener("draft:saved", refresh)

// --- answering ----------------------------------------------------------------------------------------

const answer = async (box, button) => {
  const body = new FormData()
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  body.set("key", button.value)
  body.set("reason", box.value)
  try {
    const html = await ask(list().dataset.answerUrl, { method: "POST", body })
    box.value = ""
    box.closest("details").open = false
    show(html)
    document.getElementById("kiem").focus({ preventScroll: true })
  } catch {
    box.setCustomValidity("Chưa ghi được lý do. Xem lại mạng rồi bấm lần nữa; chữ bạn gõ vẫn còn.")
    box.reportValidity()
    box.setCustomValidity("")
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-checks] button[name=_answer]")
  if (!button) return
  event.preventDefault()
  answer(button.closest(".answer").querySelector("input"), button)
})

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("[data-checks] .answer input")
  if (!box || event.key !== "Enter" || event.isComposing) return
  event.preventDefault()
  answer(box, box.closest(".answer").querySelector("button"))
})

// A reason being typed is not a change of the story.
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    if (event.target.closest?.("[data-checks]")) event.stopPropagation()
  }, true)
}

// --- going to the place ------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-checks] a[data-place]")
  if (!link) return
  const [kind, number] = link.dataset.place.split("-")
  const gone =
    (kind === "figure" && toFigure(Number(number))) ||
    (kind === "heading" && toHeading(Number(number))) ||
    (kind === "body" && toWords(link.dataset.said)) ||
    toBox(link.getAttribute("href").slice(1))
  if (gone) event.preventDefault()
})

// Sent too early: the page comes back at the list, with the first open item under the finger. The browser
// gives the focus to the list's head when the page has loaded; ours comes after it.
if (location.hash === "#kiem") {
  window.addEventListener("load", () => setTimeout(() => list()?.querySelector("a[data-place]")?.focus()))
}
