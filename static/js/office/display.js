// Text size and colours change at once, without a reload: what is being typed stays.
// Without script the same form posts and the page comes back; see newsroom.views.display_settings.
for (const form of document.querySelectorAll("form.display")) {
  form.querySelector("button[type=submit]")?.closest("p")?.remove();
  form.addEventListener("change", async (event) => {
    const { name, value } = event.target;
    const root = document.documentElement;
    if (name === "nen") root.dataset.theme = value;
    if (name === "chu") root.dataset.size = value;
    for (const twin of document.querySelectorAll(`form.display input[name="${name}"]`)) {
      twin.checked = twin.value === value;
    }
    await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  });
}
