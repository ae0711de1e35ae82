/* The session has ended while somebody was typing: sign in again in place, then go on. */

const fresh = (root, form) => {
  const said = root.getElementById("session")
  if (!said) return null
  if (said.dataset.user !== form.dataset.user) return { stranger: true }
  for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = said.dataset.token
  return { stranger: false }
}

export const PATIENCE = 15000 // milliseconds until a line without an answer is no line

/* True when the session is alive, perhaps with a new token (another tab signed in). Throws without a line. */
export const isAlive = async (form) => {
  const response = await fetch(form.dataset.session, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) })
  if (response.type === "opaqueredirect" || response.status === 403) return false
  if (!response.ok) throw new Error(`status ${response.status}`)
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  return fresh(page, form)?.stranger === false
}

export class SignInPutOff extends Error {}

/* The frame has its own keyboard: Escape closes the dialog from there too, and typing begins in the first box. */
const makeAtHome = (frame, dialog) => {
  frame.contentWindow?.addEventListener("keydown", (event) => event.key === "Escape" && dialog.close())
  frame.contentDocument?.querySelector("#id_username, #confirm_code, #passkey-verification-button")?.focus()
}

let asking = null

/* Resolves when the same person is signed in again; the screen behind stays as it is. Rejects with
   SignInPutOff when the dialog is closed before. */
export const signInAgain = (form) => {
  asking ??= new Promise((resolve, reject) => {
    const dialog = document.getElementById("session-dialog")
    const frame = dialog.querySelector("iframe")
    const says = dialog.querySelector("[data-says]")
    says.textContent = ""
    frame.onload = () => {
      const found = frame.contentDocument && fresh(frame.contentDocument, form)
      if (!found) return makeAtHome(frame, dialog)
      if (found.stranger) {
        says.textContent = "Đây là tài khoản khác. Hãy đăng nhập lại bằng tài khoản đang viết bài này."
        return
      }
      resolve()
      dialog.close()
    }
    dialog.onclose = () => {
      frame.onload = null
      frame.removeAttribute("src")
      asking = null
      reject(new SignInPutOff()) // changes nothing once signed in
    }
    dialog.querySelector("[data-later]").onclick = () => dialog.close()
    frame.src = `${form.dataset.signIn}?next=${encodeURIComponent(form.dataset.session)}`
    dialog.showModal()
  })
  return asking
}
