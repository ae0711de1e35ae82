/* Small parts of a gate's screen; words only, no markup from outside. */

export const say = (element, words) => {
  if (element.textContent !== words) element.textContent = words
}

export const fill = (element, children) => element.replaceChildren(...children)

export const hour = (at) =>
  new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" })

const made = (tag, name, words = "") => {
  const element = document.createElement(tag)
  element.className = name
  element.textContent = words
  return element
}

/* One line: words, with smaller words below, a button, a share with its figure. */
export const row = (words, { sub = "", act = null, done = false, share = null, words: figure = "" } = {}) => {
  const line = made("li", "")
  const text = made("span", "")
  text.append(made("b", "", words))
  if (sub) text.append(made("span", "sub", sub))
  line.append(text)
  if (figure) line.append(made("span", "n", figure))
  if (share !== null) {
    const bar = made("progress", "")
    bar.max = 1
    bar.value = share
    bar.setAttribute("aria-hidden", "true")
    line.append(bar)
  }
  if (done) line.append(made("span", "badge ok", "Đã vào"))
  if (act) {
    const button = made("button", "btn", "Cho vào")
    button.type = "button"
    button.setAttribute("aria-label", `Cho vào: ${words}`)
    button.addEventListener("click", act)
    line.append(button)
  }
  return line
}
