/* A button of the form is pressed: asked first whether the form can arrive, since a browser that cannot send
   it shows its own page and takes the words away. */

import { isAlive, SignInPutOff, signInAgain } from "./session.js"
import { askFirst, isWaiting } from "./waiting.js"

/* `screen` gives: settled(), which waits for a save on its way; leaving(), called when the form goes;
   stayed(name, isSignedOut), called when there is no line or nobody signed in again; look(), which opens
   the two texts. */
export const guardSubmits = (form, screen) => {
  let isSure = false
  let isBusy = false

  const mayGo = async () => {
    await screen.settled()
    if (isWaiting()) {
      const answer = await askFirst()
      if (answer === "look") screen.look()
      if (answer !== "send") return false
    }
    if (!(await isAlive(form))) await signInAgain(form)
    return true
  }

  const go = async (button) => {
    if (isBusy) return
    isBusy = true
    try {
      if (!(await mayGo())) return
    } catch (failure) {
      return screen.stayed(button?.name, failure instanceof SignInPutOff)
    } finally {
      isBusy = false
    }
    isSure = true
    form.requestSubmit(button)
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return
    if (isSure) {
      isSure = false
      return screen.leaving()
    }
    event.preventDefault()
    screen.keep()
    go(event.submitter)
  })
}
