/* Leaving the writing screen: what was just typed goes first, as far as a browser lets it. */

const GOING = 2500 // milliseconds a link out of the page waits at most
export const PARTING = { keepalive: true }

/* `screen` gives: isDone(), whether there is nothing to send; count(), the state of typing; remember();
   isSending(); save(options); post(options); flush(). */
export const watchParting = (screen) => {
  let left = 0

  const leave = ({ type }) => {
    if (screen.isDone() || left === screen.count()) return
    screen.remember()
    if (!screen.isSending()) screen.save(PARTING)
    else if (type === "pagehide") screen.post(PARTING).catch(() => {}) // the save on its way holds older words
    else return
    left = screen.count() // hidden first, gone next: one parting request is enough
  }

  const goOn = async (event) => {
    const link = event.target.closest("a[href]")
    if (!link || screen.isStored() || event.defaultPrevented || event.button) return
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    if (link.target || link.hasAttribute("download") || link.closest(".tiptap")) return
    const isHere = link.href.split("#")[0] === location.href.split("#")[0]
    if (isHere || !/^https?:/.test(link.href)) return
    event.preventDefault()
    await Promise.race([screen.flush(), new Promise((resolve) => setTimeout(resolve, GOING))])
    location.assign(link.href)
  }

  document.addEventListener("click", goOn)
  document.addEventListener("visibilitychange", (event) => document.hidden && leave(event))
  window.addEventListener("pagehide", leave)
}
