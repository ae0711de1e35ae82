/* The writing screen: letter counts, boxes that grow, names for the editor. */

const FAR = 1.5 // times the best length

const count = (box) => {
  const out = document.querySelector(`[data-count-of="${box.id}"]`)
  if (!out) return
  const [length, best] = [[...box.value.normalize("NFC")].length, Number(out.dataset.best)]
  const state = length > best * FAR ? "far" : length > best ? "over" : ""
  out.dataset.state = state
  out.textContent = `${length} / ${best}${{ far: ", quá dài", over: ", hơi dài", "": "" }[state]}`
}

for (const box of document.querySelectorAll("[data-counted]")) {
  box.addEventListener("input", () => count(box))
  count(box)
}

const dress = (editor, textarea) => {
  const label = textarea.labels[0]
  const area = editor.view.dom
  if (area.classList.contains("prose")) return
  area.setAttribute("aria-label", label ? label.textContent.trim() : "Nội dung bài")
  area.setAttribute("role", "textbox")
  area.setAttribute("aria-multiline", "true")
  area.classList.add("prose")
  // The text has just taken its height, and pushed away what the address asks for.
  if (location.hash === "#correction_note") document.querySelector("#id_correction_note")?.focus()
  for (const button of document.querySelectorAll("[data-insert-photo]")) {
    button.hidden = false
    button.addEventListener("click", async () => {
      const { openPhotos } = await import(button.dataset.insertPhoto)
      openPhotos(editor)
    })
  }
}
// The editor may be ready before this module arrives on a slow line, or after it.
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => dress(editor, textarea))
for (const area of document.querySelectorAll(".prose-editor .tiptap")) {
  dress(area.editor, area.closest(".prose-editor").querySelector("textarea"))
}

// The tool bar sticks right under the bar of steps, however many lines that one takes.
const flow = document.querySelector(".flow.stick")
new ResizeObserver(() => {
  document.documentElement.style.setProperty("--flow-height", `${flow.offsetHeight}px`)
}).observe(flow)

// Ctrl+S saves the draft, where a browser would offer to save the page as a file.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return
  event.preventDefault()
  document.querySelector('.flow [name="_save"]')?.click()
})
