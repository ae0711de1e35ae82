/* An add form's key goes into the address: a browser that comes back to it asks for the same form again, and
   the server knows what it has become. */

const field = document.querySelector("input[data-form-key]")
if (field) {
  const address = new URL(location.href)
  address.searchParams.set(field.dataset.formKey, field.value)
  history.replaceState(history.state, "", address)
}
