/* What was read from a Word file on one page waits in this tab for the writing screen, once. */

import { seal, unseal } from "../office/device.js"

const PLACE = "word-read"

export const handOver = (read) => sessionStorage.setItem(PLACE, seal(JSON.stringify(read)))

export const takeOver = () => {
  const kept = sessionStorage.getItem(PLACE)
  sessionStorage.removeItem(PLACE)
  return JSON.parse(unseal(kept))
}
