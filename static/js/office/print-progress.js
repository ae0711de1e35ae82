/* While sheets are drawn, the part of the page that says how far they are is fetched again and again.
   Without script a link does the same. */

const PAUSE = 1500 // milliseconds

const follow = async () => {
  const shown = document.querySelector("[data-progress]")
  if (!shown) return
  try {
    const answer = await fetch(shown.dataset.progress)
    if (answer.ok && !answer.redirected) {
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild
      if (found) shown.replaceWith(found)
    }
  } catch {
    // No connection now: the next turn asks again.
  }
  setTimeout(follow, PAUSE)
}

setTimeout(follow, PAUSE)
