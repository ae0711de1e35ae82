/* What a gate keeps on the telephone. The roll and the names of guests are sealed (AES-GCM) with a key that the
   server hands over with the roll; the key stays with the open tab and goes with it. Scans name nobody: a number
   and a time. They stay, sealed names included, until the server says that it has them. */

import { bytesOf, textOf } from "../office/bytes.js"

const NAME = "cong-diem-danh"
const KEY = "cong-khoa" // in the tab's own storage

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const opened = () => {
  const request = indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore("roll")
    request.result.createObjectStore("queue", { keyPath: "id" })
  }
  return asked(request)
}

let database
const table = async (name, mode) => {
  database = database || (await opened())
  return database.transaction(name, mode, { durability: "strict" }).objectStore(name)
}

let key = null

export const hasKey = () => key !== null

const use = async (text) => {
  key = await crypto.subtle.importKey("raw", bytesOf(atob(text)), "AES-GCM", false, ["encrypt", "decrypt"])
}

export const useKey = async (text) => {
  await use(text)
  try {
    sessionStorage.setItem(KEY, text)
  } catch {} // forbidden: then a reload needs the network
}

/* The key of this tab, if it has one already. */
export const findKey = async () => {
  const text = sessionStorage.getItem(KEY)
  if (text) await use(text)
  return hasKey()
}

export const seal = async (value) => {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const words = new TextEncoder().encode(JSON.stringify(value))
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, words)
  return textOf(iv) + textOf(new Uint8Array(box))
}

/* The value again; null for what another key sealed. */
export const unseal = async (sealed) => {
  try {
    const bytes = bytesOf(sealed)
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.subarray(0, 12) }, key, bytes.subarray(12))
    return JSON.parse(new TextDecoder().decode(opened))
  } catch {
    return null
  }
}

export const keepRoll = async (enrolment, roll) => {
  const sealed = await seal(roll)
  await asked((await table("roll", "readwrite")).put(sealed, enrolment))
}

export const readRoll = async (enrolment) => {
  const sealed = await asked((await table("roll", "readonly")).get(enrolment))
  return sealed ? unseal(sealed) : null
}

export const dropRoll = async (enrolment) => asked((await table("roll", "readwrite")).delete(enrolment))

/* A promise that is kept only when the scan is on the disk of the telephone. */
export const keepScan = async (scan) => asked((await table("queue", "readwrite")).put(scan))

export const dropScans = async (ids) => {
  const queue = await table("queue", "readwrite")
  await Promise.all(ids.map((id) => asked(queue.delete(id))))
}

export const readScans = async (enrolment) => {
  const all = await asked((await table("queue", "readonly")).getAll())
  return all.filter((scan) => scan.enrolment === enrolment).sort((one, other) => one.at - other.at)
}
