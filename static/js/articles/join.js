/* Two texts of one story: shown side by side, joined by choice; nothing is lost unless somebody says so. */

import { hunks, marked } from "./differences.js"

const blocksOf = (html) => {
  const root = new DOMParser().parseFromString(html, "text/html").body
  return Array.from(root.children, (block) => block.outerHTML)
}

const figureOf = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("figure")
const photoOf = (html) => figureOf(html)?.dataset.photo

const textOf = (html) => {
  const figure = figureOf(html)
  if (!figure) {
    const lines = html.replace(/<br[^>]*>|<\/(?:li|tr|td|th|p)>/g, "$&\n") // words of two lines are two words
    return new DOMParser().parseFromString(lines, "text/html").body.textContent.trim()
  }
  const { credit, alt, decorative, beside } = figure.dataset
  return [
    `[Ảnh] ${figure.textContent.trim()}`,
    credit && `Ảnh của: ${credit}`,
    alt && `Mô tả: ${alt}`,
    decorative && "Ảnh trang trí",
    beside && "Đứng cạnh ảnh trước",
  ].filter(Boolean).join("\n")
}

// What an editor adds to the same words is no difference: classes, addresses, paragraphs inside cells.
const plain = (html) => {
  const root = new DOMParser().parseFromString(html, "text/html").body
  for (const node of root.querySelectorAll("*")) {
    for (const name of ["class", "style", "src", "width", "height", "alt", "colspan", "rowspan", "draggable", "contenteditable"]) {
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

/* How the other side is called: another person, the writer's other window (""), what is stored (null). */
const sidesOf = (who) => {
  if (who) return { mine: "Của bạn", theirs: `Của ${who}`, keep: "Giữ của bạn", take: `Lấy của ${who}` }
  const theirs = who === null ? "Bản đã lưu" : "Bản bạn đã lưu ở cửa sổ khác"
  return { mine: "Bản trên máy này", theirs, keep: "Giữ bản trên máy này", take: `Lấy b${theirs.slice(1)}` }
}

const choice = (label, mine, theirs, sides, ifBoth, mayBoth = true) => {
  const name = `join-${number++}`
  const options = [
    ["mine", sides.keep],
    ["theirs", sides.take],
    ["both", "Giữ cả hai"],
  ].filter(([value]) => (value === "mine" ? mine.length : value === "theirs" ? theirs.length : mayBoth && mine.length && theirs.length))
  if (!mine.length) options.push(["mine", "Bỏ đoạn này"])
  if (!theirs.length) options.push(["theirs", "Bỏ đoạn này"])
  const usual = !mine.length ? "theirs" : theirs.length ? ifBoth : "mine"
  const set = element("fieldset", "join-choice", element("legend", "", label))
  const [left, right] = [mine, theirs].map((side) => side.map(textOf).join("\n"))
  if (mine.length) set.append(element("div", "join-side", element("b", "", sides.mine), element("p", "", marked(left, right, "ins"))))
  if (theirs.length) set.append(element("div", "join-side", element("b", "", sides.theirs), element("p", "", marked(right, left, "ins"))))
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

const isSame = (a, b) => plain(a) === plain(b)
const isOnePhoto = (a, b) => photoOf(a) !== undefined && photoOf(a) === photoOf(b)

/* The blocks of two bodies as parts in order: {same: [html]} or {mine, theirs, photo}. A photo that both
   sides show is one photo, whatever is written under it. */
const partsOf = (mine, theirs) => {
  const parts = []
  for (const run of hunks(mine, theirs, (a, b) => isSame(a, b) || isOnePhoto(a, b))) {
    if (!run.equal) {
      parts.push({ ...run, photo: false })
      continue
    }
    run.mine.forEach((block, i) => {
      const other = run.theirs[i]
      if (!isSame(block, other)) parts.push({ mine: [block], theirs: [other], photo: true })
      else if (parts.at(-1)?.same) parts.at(-1).same.push(other)
      else parts.push({ same: [other] })
    })
  }
  return parts
}

/* A photo moved on one side stands in two places of the joined text: no more often than on either side. */
const withoutDoubles = (blocks, ...sides) => {
  const count = (list, id) => list.filter((block) => photoOf(block) === id).length
  const seen = {}
  return blocks.filter((block) => {
    const id = photoOf(block)
    if (id === undefined) return true
    seen[id] = (seen[id] ?? 0) + 1
    return seen[id] <= Math.max(...sides.map((side) => count(side, id)))
  })
}

/* One thing set in two ways; what was set on this screen is offered first, else what is stored. */
const either = (mine, theirs, sides, isTouched) => {
  const name = `join-${number++}`
  const set = element("fieldset", "join-choice", element("legend", "", theirs.label))
  const row = element("p", "row")
  for (const [value, side, label, words] of [["mine", mine, sides.mine, sides.keep], ["theirs", theirs, sides.theirs, sides.take]]) {
    set.append(element("div", "join-side", element("b", "", label), element("p", "", side.shown || "(để trống)")))
    const radio = element("input")
    Object.assign(radio, { type: "radio", name, value, checked: (value === "mine") === isTouched })
    row.append(element("label", "check-line", radio, ` ${words}`))
  }
  set.append(row)
  return { set, joined: () => (set.querySelector("input:checked").value === "mine" ? mine : theirs) }
}

const isEqual = (a, b) => JSON.stringify(a.value) === JSON.stringify(b.value)

/* Section, unit, event, day, names …: those that differ, each side by side. */
const choicesOf = (mine, theirs, sides, touched) =>
  (mine.choices ?? []).flatMap((own) => {
    const other = theirs.choices?.find(({ name }) => name === own.name)
    return other && !isEqual(own, other) ? [either(own, other, sides, touched?.includes(own.name) ?? true)] : []
  })

/* Resolves with {title, lead, body, choices} as chosen, or null when the person wants to look again later.
   `who`: see `sidesOf`; `ifBoth`: what is chosen at first where both sides have words ("mine", "both");
   `touched`: names of the choices that were changed on this screen. */
export const joinTexts = ({ mine, theirs, who, reason, ifBoth, touched }) =>
  new Promise((resolve) => {
    const dialog = document.getElementById("join-dialog")
    const parts = dialog.querySelector("[data-parts]")
    dialog.querySelector("[data-reason]").textContent = reason
    parts.replaceChildren()
    const sides = sidesOf(who)
    const lines = {}
    for (const [name, label] of [["title", "Tiêu đề"], ["lead", "Sapo"]]) {
      if (mine[name].trim() === theirs[name].trim()) {
        lines[name] = { joined: () => [mine[name]] }
        continue
      }
      const side = (text) => (text.trim() ? [text] : [])
      lines[name] = choice(label, side(mine[name]), side(theirs[name]), sides, "mine")
      parts.append(lines[name].set)
    }
    const [own, other] = [blocksOf(mine.body), blocksOf(theirs.body)]
    const runs = partsOf(own, other).map((part) => {
      if (part.same) {
        parts.append(element("p", "join-same", `… ${part.same.length} đoạn giống nhau …`))
        return { joined: () => part.same }
      }
      const label = part.photo ? "Cùng một ảnh, lời khác nhau" : "Đoạn khác nhau"
      const isTwoPhotos = part.mine.some(photoOf) && part.theirs.some(photoOf)
      const made = choice(label, part.mine, part.theirs, sides, isTwoPhotos ? "mine" : ifBoth, !part.photo)
      parts.append(made.set)
      return made
    })
    const beside = choicesOf(mine, theirs, sides, touched)
    parts.append(...beside.map(({ set }) => set))
    const done = (value) => {
      dialog.close()
      resolve(value)
    }
    dialog.querySelector("[data-join]").onclick = () =>
      done({
        title: lines.title.joined().join(" "),
        lead: lines.lead.joined().join(" "),
        body: withoutDoubles(runs.flatMap((run) => run.joined()), own, other).join(""),
        choices: beside.map((one) => one.joined()),
      })
    dialog.querySelector("[data-later]").onclick = () => done(null)
    dialog.oncancel = (event) => {
      event.preventDefault()
      done(null)
    }
    dialog.showModal()
  })
