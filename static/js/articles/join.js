/* Two texts of one story: shown side by side, joined by choice; nothing is lost unless somebody says so. */

import { hunks, marked } from "./differences.js"

const blocksOf = (html) => {
  const root = new DOMParser().parseFromString(html, "text/html").body
  return Array.from(root.children, (block) => block.outerHTML)
}

const textOf = (html) => {
  const root = new DOMParser().parseFromString(html, "text/html").body
  const figure = root.querySelector("figure")
  return figure ? `[Ảnh] ${figure.textContent.trim()}` : root.textContent.trim()
}

// What an editor adds to the same words is no difference: classes, addresses, paragraphs inside cells.
const plain = (html) => {
  const root = new DOMParser().parseFromString(html, "text/html").body
  for (const node of root.querySelectorAll("*")) {
    for (const name of ["class", "style", "src", "alt", "colspan", "rowspan", "draggable", "contenteditable"]) {
      node.removeAttribute(name)
    }
  }
  for (const inner of root.querySelectorAll(":is(li, td, th) > p, tbody, thead, colgroup")) {
    inner.replaceWith(...inner.childNodes)
  }
  return root.innerHTML.replace(/\s+/g, " ")
}

const element = (tag, className, ...children) => {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...children)
  return made
}

let number = 0

const choice = (label, mine, theirs, names, ifBoth = "both") => {
  const name = `join-${number++}`
  const options = [
    ["mine", "Giữ của bạn"],
    ["theirs", `Lấy của ${names}`],
    ["both", "Giữ cả hai"],
  ].filter(([value]) => (value === "mine" ? mine.length : value === "theirs" ? theirs.length : mine.length && theirs.length))
  if (!mine.length) options.push(["mine", "Bỏ đoạn này"])
  if (!theirs.length) options.push(["theirs", "Bỏ đoạn này"])
  const usual = !mine.length ? "theirs" : theirs.length ? ifBoth : "mine"
  const set = element("fieldset", "join-choice", element("legend", "", label))
  const [left, right] = [mine, theirs].map((side) => side.map(textOf).join("\n"))
  if (mine.length) set.append(element("div", "join-side", element("b", "", "Của bạn"), element("p", "", marked(left, right, "ins"))))
  if (theirs.length) set.append(element("div", "join-side", element("b", "", `Của ${names}`), element("p", "", marked(right, left, "ins"))))
  const row = element("p", "row")
  for (const [value, words] of options) {
    const radio = element("input")
    Object.assign(radio, { type: "radio", name, value, checked: value === usual })
    row.append(element("label", "check-line", radio, ` ${words}`))
  }
  set.append(row)
  const chosen = () => set.querySelector("input:checked").value
  return { set, joined: () => ({ mine, theirs, both: [...mine, ...theirs] })[chosen()] }
}

/* Resolves with {title, lead, body} as chosen, or null when the person wants to look again later. */
export const joinTexts = ({ mine, theirs, who, reason }) =>
  new Promise((resolve) => {
    const dialog = document.getElementById("join-dialog")
    const parts = dialog.querySelector("[data-parts]")
    dialog.querySelector("[data-reason]").textContent = reason
    parts.replaceChildren()
    const lines = {}
    for (const [name, label] of [["title", "Tiêu đề"], ["lead", "Sapo"]]) {
      if (mine[name].trim() === theirs[name].trim()) {
        lines[name] = { joined: () => [mine[name]] }
        continue
      }
      const side = (text) => (text.trim() ? [text] : [])
      lines[name] = choice(label, side(mine[name]), side(theirs[name]), who, "mine")
      parts.append(lines[name].set)
    }
    const runs = hunks(blocksOf(mine.body), blocksOf(theirs.body), (a, b) => plain(a) === plain(b)).map((run) => {
      if (run.equal) {
        if (run.mine.length) parts.append(element("p", "join-same", `… ${run.mine.length} đoạn giống nhau …`))
        return { joined: () => run.theirs }
      }
      const made = choice("Đoạn khác nhau", run.mine, run.theirs, who)
      parts.append(made.set)
      return made
    })
    const done = (value) => {
      dialog.close()
      resolve(value)
    }
    dialog.querySelector("[data-join]").onclick = () =>
      done({
        title: lines.title.joined().join(" "),
        lead: lines.lead.joined().join(" "),
        body: runs.flatMap((run) => run.joined()).join(""),
      })
    dialog.querySelector("[data-later]").onclick = () => done(null)
    dialog.oncancel = (event) => {
      event.preventDefault()
      done(null)
    }
    dialog.showModal()
  })
