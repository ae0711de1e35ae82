/* What is typed, kept on this device until the server has said that it holds it. */

const PREFIX = "ban-nhap:"
const ASIDE = ":cho"

export const keyOf = (user, story) => `${PREFIX}${user}:${story}`

export const keep = (key, copy) => {
  try {
    localStorage.setItem(key, JSON.stringify(copy))
    return true
  } catch {
    return false // full or forbidden: the screen then warns before it is left
  }
}

export const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

export const drop = (key) => localStorage.removeItem(key)

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
  drop(key) // first: a nearly full device has no room for it twice
  if (!keep(key + ASIDE, [...waiting(key), copy])) keep(key, copy)
}

export const settle = (key, copy) => {
  const rest = waiting(key).filter((other) => JSON.stringify(other) !== JSON.stringify(copy))
  if (rest.length) keep(key + ASIDE, rest)
  else drop(key + ASIDE)
}

/* Whether this device holds unsent words of a story, whoever wrote them; for the page of signing in. */
export const holds = (story) =>
  Object.keys(localStorage).some((key) => key.startsWith(PREFIX) && key.split(":")[2] === String(story))

/* Nothing of a story stays on a shared machine after signing out. */
export const dropAllOnSignOut = () => {
  for (const form of document.querySelectorAll('form[action$="/logout/"]')) {
    form.addEventListener("submit", () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
    })
  }
}
