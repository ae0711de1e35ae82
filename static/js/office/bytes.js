/* Bytes as a text of as many signs, which a browser's storage takes, and back. */

const PART = 8192 // signs a call; a browser takes only so many arguments

export const textOf = (bytes) => {
  let text = ""
  for (let at = 0; at < bytes.length; at += PART) text += String.fromCharCode(...bytes.subarray(at, at + PART))
  return text
}

export const bytesOf = (text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0))
