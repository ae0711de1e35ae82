/* The editor's link dialog asks for an address; here it also finds our own pages by their names. */

const form = document.querySelector("[data-editor-form]")
const BAD = "Địa chỉ cần bắt đầu bằng https://, http://, mailto:, tel: hoặc / (trang của mình)."
const isGood = (address) => /^(https?:\/\/[^\s/]+|mailto:\S+@|tel:\+?\d|\/(?!\/)|#)/i.test(address.trim())

const make = (tag, props, ...children) => {
  const made = Object.assign(document.createElement(tag), props)
  made.append(...children)
  return made
}

const offer = (address) => {
  const words = make("input", { type: "search", id: "link-words", autocomplete: "off", placeholder: "Gõ vài chữ, không dấu cũng được" })
  const list = make("ul", { className: "plain link-offers" })
  list.setAttribute("role", "status")
  const label = make("label", { htmlFor: "link-words", textContent: "Tìm bài, đơn vị, sự kiện, văn bản của mình" })
  const field = make("div", { className: "prose-editor-dialog-field" }, label, words, list)
  address.closest(".prose-editor-dialog-field").after(field)
  let timer
  const look = async () => {
    const response = await fetch(`${form.dataset.linkOffers}?q=${encodeURIComponent(words.value)}`, { redirect: "manual" }).catch(() => null)
    const found = response?.ok ? (await response.json()).found : null
    if (!found) return list.replaceChildren(make("li", { textContent: "Chưa tìm được: mất kết nối hoặc hết phiên." }))
    const rows = found.map(({ kind, label: name, url }) => {
      const button = make("button", { type: "button", className: "btn quiet small", textContent: `${kind}: ${name}` })
      button.addEventListener("click", () => {
        address.value = url
        address.dispatchEvent(new Event("input", { bubbles: true })) // the complaint about the old one goes
        address.focus()
      })
      return make("li", {}, button)
    })
    const none = words.value.trim() ? [make("li", { textContent: "Không có trang nào khớp." })] : []
    list.replaceChildren(...(rows.length ? rows : none))
  }
  words.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(look, 250)
  })
  // Enter in the search box looks, it does not close the dialog.
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return
    event.preventDefault()
    look()
  })
}

const watch = (dialog) => {
  const address = dialog.querySelector("input[name=href]")
  if (!address || dialog.querySelector("#link-words")) return
  offer(address)
  const check = () => address.setCustomValidity(!address.value.trim() || isGood(address.value) ? "" : BAD)
  address.addEventListener("input", check)
  dialog.querySelector("form").addEventListener("submit", (event) => {
    // A bare “sogddt.example/tin” is meant as a web address.
    if (/^[\w-]+(\.[\w-]+)+(\/|$)/.test(address.value.trim())) address.value = `https://${address.value.trim()}`
    check()
    if (address.checkValidity()) return
    event.preventDefault()
    event.stopImmediatePropagation()
    address.reportValidity()
  }, true)
}

new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) {
      if (!(node instanceof Element)) continue
      const dialogs = node.matches(".prose-editor-dialog") ? [node] : node.querySelectorAll(".prose-editor-dialog")
      for (const dialog of dialogs) watch(dialog)
    }
  }
}).observe(document.body, { childList: true, subtree: true })
