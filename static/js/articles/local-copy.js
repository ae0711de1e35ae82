/* What is typed, kept on this device until the server has said that it holds it. */

const PREFIX = "ban-nhap:"

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

/* Nothing of a story stays on a shared machine after signing out. */
export const dropAllOnSignOut = () => {
  for (const form of document.querySelectorAll('form[action$="/logout/"]')) {
    form.addEventListener("submit", () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
    })
  }
}
