/* A list beside the text that the server draws: asked for, put in place of the old one, typed into. */

/** The fragment at an address. Throws an Error: with the server's words where it refused (409), else ours. */
export const ask = async (address, options = {}) => {
  const headers = { Accept: "application/fragment, text/html" }
  const answer = await fetch(address, { credentials: "same-origin", headers, ...options })
  const text = await answer.text()
  if (answer.status === 409) throw new Error(text)
  if (!answer.ok || answer.redirected) throw new Error("Chưa ghi được. Xem lại mạng rồi bấm lần nữa.")
  return text
}

/** Put the list in `html` in place of the one `selector` names; returns the new one, undefined without any.
    What somebody is typing into an answer stays, and so does the place of the cursor. */
export const replace = (selector, html) => {
  const old = document.querySelector(selector)
  const typed = [...old.querySelectorAll(".answer input")].map((box) => [box.id, box.value, box.closest("details").open])
  const focused = old.contains(document.activeElement) ? document.activeElement.id : ""
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(selector)
  if (!fresh) return
  old.replaceWith(document.adoptNode(fresh))
  for (const [id, value, open] of typed) {
    const box = document.getElementById(id)
    if (!box || !(value || open)) continue
    box.value = value
    box.closest("details").open = open
  }
  if (focused) document.getElementById(focused)?.focus()
  return fresh
}

/** Enter in an answer of the list sends it; what is typed there is not a change of the story. */
export const answering = (selector, send) => {
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.(`${selector} .answer input`)
    if (!box || event.key !== "Enter" || event.isComposing) return
    event.preventDefault()
    send(box.closest(".answer").querySelector("button"))
  })
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.closest?.(selector)) event.stopPropagation()
    }, true)
  }
}
