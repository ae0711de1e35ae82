/* What this device keeps of what is typed, until the server has it or the person signs out. It is sealed with a
   key that the server hands to the signed-in person alone (accounts/kept_words.py) and that is stored nowhere
   here: whoever uses the machine next, signed in or not, finds no words. Sealing is done at once, not in the
   background, because what is typed last is kept while the page goes. */

import "../vendor/nacl-fast.min.js"
import { bytesOf, textOf } from "./bytes.js"

export const STORIES = "ban-nhap:" // js/articles/local-copy.js
export const FORMS = "bieu-mau:" // kept-form.js
const LEAVING = 30000 // milliseconds in which a sign-out under way lets nothing be kept
const SEALED = "\u0001" // in front of sealed words; what is older than sealing begins with { or [

const { nacl } = self
const { wordsKey, wordsOf } = document.body.dataset // none on the page of signing in
const key = wordsKey ? bytesOf(atob(wordsKey)) : null

let isSigningOut = false

export const seal = (words) => {
  const nonce = nacl.randomBytes(nacl.secretbox.nonceLength)
  const box = nacl.secretbox(new TextEncoder().encode(words), nonce, key)
  return SEALED + textOf(nonce) + textOf(box)
}

/* The words again; null for another person's, and for what is no sealed words. */
export const unseal = (sealed) => {
  if (!key || !sealed?.startsWith(SEALED)) return null
  const bytes = bytesOf(sealed.slice(SEALED.length))
  const { nonceLength } = nacl.secretbox
  const words = nacl.secretbox.open(bytes.subarray(nonceLength), bytes.subarray(0, nonceLength), key)
  return words && new TextDecoder().decode(words)
}

export const keep = (name, copy) => {
  if (isSigningOut || !key) return false
  try {
    localStorage.setItem(name, seal(JSON.stringify(copy)))
    return true
  } catch {
    return false // full or forbidden: the screen then warns before it is left
  }
}

const parse = (kept) => JSON.parse(kept?.startsWith(SEALED) ? unseal(kept) : kept)

export const read = (name) => {
  try {
    return parse(localStorage.getItem(name))
  } catch {
    return null
  }
}

export const drop = (name) => {
  try {
    localStorage.removeItem(name)
  } catch {} // forbidden: then nothing is kept
}

/* Keeps a copy under another name. A nearly full device has no room for it twice: the first goes before. */
export const rename = (name, other, copy) => {
  const before = localStorage.getItem(name)
  drop(name)
  if (!keep(other, copy)) localStorage.setItem(name, before)
}

export const keysOf = (...prefixes) => {
  try {
    return Object.keys(localStorage).filter((name) => prefixes.some((prefix) => name.startsWith(prefix)))
  } catch {
    return []
  }
}

const isPlain = (name) => !localStorage.getItem(name)?.startsWith(SEALED)

const mine = () => keysOf(STORIES, FORMS).filter((name) => name.split(":")[1] === wordsOf)

/* What was kept before there were seals: the own words are sealed now. */
export const sealOld = () => {
  for (const name of mine().filter(isPlain)) {
    const copy = read(name)
    if (copy) keep(name, copy)
  }
}

/* Nothing that was typed stays on a shared machine after signing out. Sealed words of others wait for them. */
export const dropAllOnSignOut = () => {
  for (const form of document.querySelectorAll('form[action$="/logout/"]')) {
    form.addEventListener("submit", () => {
      isSigningOut = true
      setTimeout(() => {
        isSigningOut = false // the person stayed after all
      }, LEAVING)
      sessionStorage.removeItem("cong-khoa") // the key of a gate (js/gate/store.js)
      for (const name of keysOf(STORIES, FORMS)) if (isPlain(name) || mine().includes(name)) drop(name)
    })
  }
}
