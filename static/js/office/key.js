/* Around the library's buttons for passkeys: what follows a key that was added, or that confirmed. */

document.addEventListener("otp_webauthn.register_complete", (event) => {
  const form = document.querySelector("[data-new-key]")
  form.elements.key.value = event.detail.id
  form.submit()
})

// The interrupted form goes on; the session has been confirmed by the key.
document.addEventListener("otp_webauthn.verification_complete", () => document.querySelector("[data-again]")?.submit())

const print = document.querySelector("[data-print]")
if (print) {
  print.hidden = false
  print.addEventListener("click", () => window.print())
}
