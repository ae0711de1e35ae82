/* The captioned photo as a block of the text (drawn by photo-view.js).
   Stored as <figure data-photo data-credit data-alt><figcaption>; addresses are never stored. */
import { Node, Plugin } from "django-prose-editor/editor"
import { choosePhotos } from "./photo-dialog.js"
import { PhotoView } from "./photo-view.js"
import { uploadAll } from "./uploads.js"

/* Puts the photo after the paragraph at `place` and answers where the text goes on after it. */
export const insertPhoto = (editor, photo, focus = true, place = editor.state.selection.from) => {
  const attrs = {
    photo: String(photo.id),
    src: photo.src,
    width: String(photo.width || ""),
    height: String(photo.height || ""),
    caption: photo.caption || "",
    credit: photo.credit || "",
    alt: photo.alt || "",
    decorative: !!photo.decorative,
  }
  const { state } = editor
  const $from = state.doc.resolve(Math.min(place, state.doc.content.size))
  // After the paragraph the writer is in, or in its place when it is empty.
  const top = $from.depth ? $from.node(1) : null
  const isEmpty = top && top.type.name === "paragraph" && !top.content.size
  const at = $from.depth ? (isEmpty ? $from.before(1) : $from.after(1)) : $from.pos
  const node = state.schema.nodes.photo.create(attrs)
  const tr = isEmpty ? state.tr.replaceWith(at, at + top.nodeSize, node) : state.tr.insert(at, node)
  if (at + node.nodeSize >= tr.doc.content.size) {
    tr.insert(tr.doc.content.size, state.schema.nodes.paragraph.create())
  }
  editor.view.dispatch(tr)
  const end = at + node.nodeSize
  if (!focus) return end
  editor.commands.setTextSelection(Math.min(end + 1, editor.state.doc.content.size))
  editor.view.nodeDOM(at)?.querySelector("textarea")?.focus()
  return end
}

/* Another picture in the place of one; its words stay until the block has asked about them. Answers where the text
   goes on, as `insertPhoto` does; without the block nothing happens. */
const replacePhoto = (editor, photo, place) => {
  const node = editor.state.doc.nodeAt(place)
  if (node?.type.name !== "photo") return place
  const { id, src, width, height } = photo
  const attrs = { ...node.attrs, photo: String(id), src, width: String(width || ""), height: String(height || "") }
  editor.view.dispatch(editor.state.tr.setNodeMarkup(place, undefined, attrs))
  editor.view.nodeDOM(place)?.dispatchEvent(new CustomEvent("photo:replaced", { detail: photo }))
  return place
}

const openReplacement = (editor, place) => {
  const settings = document.querySelector("[data-photo-upload]").dataset
  const replace = (_editor, photo, _focus, at) => replacePhoto(editor, photo, at)
  const onFiles = ([file]) => uploadAll(editor, [file], replace, place)
  choosePhotos({ ...settings, onFiles, isOne: true }).then(([photo]) => photo && replacePhoto(editor, photo, place))
}

/* Typing while a photo or a card is chosen never replaces it: the words begin a paragraph after it. */
const typeAfter = (editor, place, text) => {
  const { schema, tr } = editor.state
  editor.view.dispatch(tr.insert(place, schema.nodes.paragraph.create(null, schema.text(text))))
  editor.chain().setTextSelection(place + 1 + text.length).scrollIntoView().run()
}

const pictures = (list) => Array.from(list || []).filter((file) => file.type.startsWith("image/"))

const attributesOf = (figure) => ({
  photo: figure.dataset.photo,
  src: figure.querySelector("img")?.getAttribute("src") || "",
  width: figure.querySelector("img")?.getAttribute("width") || "",
  height: figure.querySelector("img")?.getAttribute("height") || "",
  caption: figure.querySelector("figcaption")?.textContent || "",
  credit: figure.dataset.credit || "",
  alt: figure.dataset.alt || "",
  decorative: figure.dataset.decorative === "1",
  beside: figure.dataset.beside === "1",
})

/* What the block button says where none of the editor's own kinds is: else it would be a “?”. Neither is chosen
   from its list. */
const defineBlockNames = ({ buttons, menu }) => {
  const define = (name, icon, title, priority, active) =>
    menu.defineItem({
      name,
      priority,
      groups: "blockType",
      button: buttons.material(icon, title),
      option: Object.assign(document.createElement("p"), { textContent: title }),
      active,
    })
  define("photoBlock", "image", "Ảnh", 200, (editor) => editor.isActive("photo"))
  define("mixedBlocks", "notes", "Nhiều kiểu đoạn", 0, () => true)
}

export const Photo = Node.create({
  name: "photo",
  group: "block",
  atom: true,
  draggable: true,
  selectable: true,

  addAttributes() {
    const own = (name, start = "") => [
      name,
      { default: start, rendered: false, parseHTML: (figure) => attributesOf(figure)[name] },
    ]
    return Object.fromEntries([
      own("photo"),
      own("src"),
      own("width"),
      own("height"),
      own("caption"),
      own("credit"),
      own("alt"),
      own("decorative", false),
      own("beside", false),
    ])
  },

  parseHTML() {
    return [{ tag: "figure[data-photo]" }]
  },

  renderHTML({ node }) {
    const { photo, src, width, height, caption, credit, alt, decorative, beside } = node.attrs
    const attrs = { "data-photo": photo }
    if (credit) attrs["data-credit"] = credit
    if (alt) attrs["data-alt"] = alt
    if (decorative) attrs["data-decorative"] = "1"
    if (beside) attrs["data-beside"] = "1"
    return ["figure", attrs, ["img", { src, width, height, alt: "" }], ["figcaption", {}, caption]]
  },

  addNodeView() {
    return (props) => new PhotoView({ ...props, openReplacement })
  },

  addMenuItems({ buttons, menu }) {
    defineBlockNames({ buttons, menu })
    menu.defineItem({
      name: "photo",
      groups: "nodes photo",
      button: buttons.material("add_photo_alternate", "Chèn ảnh"),
      command: (editor) => openPhotos(editor),
    })
  },

  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          handleTextInput(view, _from, _to, text) {
            const { selection } = view.state
            if (!selection.node?.isBlock) return false
            typeAfter(editor, selection.to, text)
            return true
          },
          handlePaste(_view, event) {
            const files = pictures(event.clipboardData?.files)
            // Word puts a picture of the text beside the text: then the text is what was meant.
            if (!files.length || event.clipboardData.getData("text/html")) return false
            uploadAll(editor, files, insertPhoto)
            return true
          },
          handleDrop(view, event) {
            const files = pictures(event.dataTransfer?.files)
            if (!files.length) return false
            event.preventDefault()
            const dropped = view.posAtCoords({ left: event.clientX, top: event.clientY })
            uploadAll(editor, files, insertPhoto, dropped?.pos)
            return true
          },
        },
      }),
    ]
  },
})

/* Photos into the text: after the paragraph of the caret, or at `place`. */
export const openPhotos = (editor, place = editor.state.selection.from) => {
  const settings = document.querySelector("[data-photo-upload]").dataset
  const onFiles = (files) => uploadAll(editor, files, insertPhoto, place)
  choosePhotos({ ...settings, onFiles }).then((photos) => {
    for (const [i, photo] of photos.entries()) insertPhoto(editor, photo, i === 0, place)
  })
}
