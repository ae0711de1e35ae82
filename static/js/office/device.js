/* What this device keeps of what is typed, until the server has it or the person signs out. */

export const STORIES = "ban-nhap:" // js/articles/local-copy.js
export const FORMS = "bieu-mau:" // kept-form.js
const LEAVING = 30000 // milliseconds in which a sign-out under way lets nothing be kept

let isSigningOut = false

export const keep = (key, copy) => {
  if (isSigningOut) return false
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

export const drop = (key) => {
  try {
    localStorage.removeItem(key)
  } catch {} // forbidden: then nothing is kept
}

export const keysOf = (...prefixes) => {
  try {
    return Object.keys(localStorage).filter((key) => prefixes.some((prefix) => key.startsWith(prefix)))
  } catch {
    return []
  }
}

/* Nothing that was typed stays on a shared machine after signing out. */
export const dropAllOnSignOut = () => {
  for (const form of document.querySelectorAll('form[action$="/logout/"]')) {
    form.addEventListener("submit", () => {
      isSigningOut = true
      setTimeout(() => {
        isSigningOut = false // the person stayed after all
      }, LEAVING)
      for (const key of keysOf(STORIES, FORMS)) drop(key)
    })
  }
}
