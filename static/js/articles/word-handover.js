/* What was read from a Word file on one page waits in this tab for the writing screen, once. */

const PLACE = "word-read"

export const handOver = (read) => sessionStorage.setItem(PLACE, JSON.stringify(read))

export const takeOver = () => {
  const kept = sessionStorage.getItem(PLACE)
  sessionStorage.removeItem(PLACE)
  return kept && JSON.parse(kept)
}
