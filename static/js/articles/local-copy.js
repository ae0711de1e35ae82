/* What is typed, kept on this device until the server has said that it holds it. */

import { drop, keep, keysOf, read, rename, STORIES } from "../office/device.js"

const ASIDE = ":cho"

export const keyOf = (user, story) => `${STORIES}${user}:${story}`

export const move = (from, to) => {
  const copy = localStorage.getItem(from)
  if (copy !== null) localStorage.setItem(to, copy)
  localStorage.removeItem(from)
}

/* Copies that wait to be looked at stand apart from what is typed next, which would write over them. */
export const waiting = (key) => read(key + ASIDE) ?? []

export const setAside = (key) => {
  const copy = read(key)
  if (!copy) return
  rename(key, key + ASIDE, [...waiting(key), copy])
}

export const settle = (key, copy) => {
  const rest = waiting(key).filter((other) => JSON.stringify(other) !== JSON.stringify(copy))
  if (rest.length) keep(key + ASIDE, rest)
  else drop(key + ASIDE)
}

/* Whether this device holds unsent words of a story, whoever wrote them; for the page of signing in. */
export const holds = (story) => keysOf(STORIES).some((key) => key.split(":")[2] === String(story))
