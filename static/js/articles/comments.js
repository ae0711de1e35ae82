/* The head's comments beside the text: goes to the words each is about, says “Đã sửa”, answers in place;
   read again after each save, for the words may have moved. */
import { answering, ask, replace } from "./fragment.js"
import { toBox, toFigure, toWords } from "./places.js"
import { putInPlace } from "./taking.js"

const form = document.querySelector("[data-editor-form]")
const list = () => document.querySelector("[data-comments]")

const show = (html) => replace("[data-comments]", html)

form.addEventListener("draft:saved", async () => {
  try {
    show(await ask(list().dataset.commentsUrl))
  } catch {
    // The list stays as it was; the next save asks again.
  }
})

const CHANGED = "Câu ấy đã đổi từ lúc góp ý. Hãy sửa tay rồi bấm “Đã sửa”."

/* The proposed words into the text, which is saved as after any key. */
const take = (remark) => {
  const { quote, before } = remark.querySelector("[data-quote]").dataset
  const { proposed: proposal } = remark.querySelector("[data-proposed]").dataset
  const [kind] = remark.querySelector("[data-now]").dataset.field.split("-")
  return putInPlace(kind, { quote, before, proposal })
}

const act = async (button) => {
  const remark = button.closest(".remark")
  const said = list().querySelector("[data-comments-error]")
  said.textContent = ""
  if (button.dataset.act === "taken" && !take(remark)) {
    said.textContent = CHANGED
    return
  }
  const body = new FormData()
  const box = remark.querySelector(".answer input")
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  body.set("act", button.dataset.act)
  body.set("words", box?.value || "")
  button.disabled = true
  try {
    const html = await ask(button.dataset.address, { method: "POST", body })
    if (box) box.value = ""
    if (box) box.closest("details").open = false
    show(html)
    document.getElementById("gop-y-dau").focus({ preventScroll: true })
  } catch (failure) {
    button.disabled = false
    said.textContent = failure.message
  }
}

const go = (remark) => {
  const now = remark.querySelector("[data-now]").dataset
  const quoted = remark.querySelector("[data-quote]").dataset.quote
  const words = now.now || quoted
  const [kind, number] = now.field.split("-")
  if (kind === "figure") return toFigure(Number(number))
  if (kind !== "body") return toBox(kind, words)
  // The text on the screen may be ahead of the stored one.
  return toWords(words) || toWords(quoted) || toBox("body")
}

document.addEventListener("click", (event) => {
  const remark = event.target.closest("[data-comments] .remark")
  if (!remark) return
  const button = event.target.closest("button[data-act]")
  if (button) {
    event.preventDefault()
    act(button)
  } else if (event.target.closest("[data-go], .quoted") && go(remark)) {
    event.preventDefault()
  }
})

answering("[data-comments]", act)
