/* The pre-flight list beside the text: goes to the place it names, is answered in place, and is read
   again after each save (the form says so with the event "draft:saved"). */
import { answering, ask, replace } from "./fragment.js"
import { toBox, toFigure, toHeading, toWords } from "./places.js"

const form = document.querySelector("[data-editor-form]")
const list = () => document.querySelector("[data-checks]")

const show = (html) => {
  const fresh = replace("[data-checks]", html)
  if (fresh) tell(Number(fresh.dataset.openCount))
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

const answer = async (button) => {
  const box = button.closest(".answer").querySelector("input")
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
  answer(button)
})

answering("[data-checks]", answer)

// --- going to the place ------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const link = event.target.closest(":is([data-checks], [data-refusals]) a[data-place]")
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
