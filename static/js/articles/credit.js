/* One name under several photos of a text. */

const photosOf = (editor) => {
  const places = []
  editor.state.doc.descendants((node, place) => {
    if (node.type.name === "photo") places.push({ place, credit: node.attrs.credit })
  })
  return places
}

export const withoutCredit = (editor) => photosOf(editor).filter(({ credit }) => !credit)

/* The photos that stand under another name, or none. */
export const creditedOtherwise = (editor, credit) => photosOf(editor).filter((photo) => photo.credit !== credit)

/* Photos {place, credit}: each gets its name. */
export const creditPhotos = (editor, photos) => {
  const { tr, doc } = editor.state
  for (const { place, credit } of photos) tr.setNodeMarkup(place, undefined, { ...doc.nodeAt(place).attrs, credit })
  editor.view.dispatch(tr)
}

export const named = (photos, credit) => photos.map(({ place }) => ({ place, credit }))
