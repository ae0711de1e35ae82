/* The page as readers will see it, beside the text: drawn from what is stored, again after each save. */

const form = document.querySelector("[data-editor-form]")
const part = form.querySelector("[data-beside]")
const grid = part.closest(".ed-grid")
const frame = part.querySelector("[data-beside-page]")
const says = part.querySelector("[data-beside-says]")
const buttons = [...part.querySelectorAll("button")]
let address = part.dataset.preview

const theme = () => {
  const isDark = getComputedStyle(document.documentElement).colorScheme === "dark"
  return isDark ? "toi" : "sang"
}
const isShown = () => !frame.hidden

/* Drawn anew where it was read. */
const draw = () => {
  const at = frame.contentWindow?.scrollY ?? 0
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, at), { once: true })
  const asked = `${address}?nen=${theme()}`
  if (frame.getAttribute("src") === asked) frame.contentWindow.location.reload()
  else frame.src = asked
}

const say = () => {
  says.textContent = address ? "Theo bản đã lưu; tự vẽ lại sau mỗi lần lưu." : "Gõ vài chữ, lưu lần đầu xong là xem được ở đây."
}

const choose = (button) => {
  const isPage = button.value === "page"
  for (const other of buttons) other.setAttribute("aria-pressed", String(other === button))
  grid.classList.toggle("with-page", isPage)
  says.hidden = !isPage
  frame.hidden = !isPage || !address
  say()
  if (isShown()) draw()
}

for (const button of buttons) button.addEventListener("click", () => choose(button))
// A list that something leads to is shown again.
document.addEventListener("click", (event) => {
  if (event.target.closest('a[href="#kiem"], a[href="#gop-y"], [data-refusals] a')) choose(buttons[0])
})
form.addEventListener("draft:saved", ({ detail }) => {
  if (!address && detail?.page) address = new URL("../xem-thu/trang/", new URL(detail.page, location.href)).pathname
  if (grid.classList.contains("with-page")) {
    frame.hidden = false
    say()
    draw()
  }
})
part.hidden = false
