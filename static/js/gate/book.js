/* What a gate knows: who may come, who has come, what is still to be sent. No part of the screen. */

import * as store from "./store.js"

const OFFSET = "cong-lech"
const SITTINGS = "cong-buoi-"
const CODE = /[0-9a-f]{24}(?=\/?$)/
const SOME = 100 // scans in one sending

const asPerson = ([id, number, code, name, title, unit, waits, folded, kind]) => ({
  id, number, code, name, title, unit, waits, folded, kind,
})

export const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replace(/[’ʼ]/g, "'")

export class Book {
  constructor(enrolment, addresses) {
    this.enrolment = enrolment
    this.addresses = addresses
    this.people = []
    this.sittings = JSON.parse(localStorage.getItem(`${SITTINGS}${enrolment}`)) || [] // they name nobody
    this.units = []
    this.kinds = {}
    this.arrivals = new Map()
    this.queue = []
    this.token = ""
    this.offset = Number(localStorage.getItem(OFFSET)) || 0
    this.state = "starting" // then: online, offline, signed-out
    this.hasRoll = false
  }

  now() {
    return Date.now() + this.offset
  }

  async open() {
    this.queue = await store.readScans(this.enrolment)
    if (!(await this.load()) && (await store.findKey())) {
      const roll = await store.readRoll(this.enrolment)
      if (roll) this.take(roll)
    }
    await this.nameGuests()
    this.count()
  }

  /* Ask the server for the roll; false when it cannot be had now. */
  async load() {
    const answer = await this.ask(this.addresses.roll, {})
    if (!answer) return false
    await store.useKey(answer.key)
    const { key, token, ...roll } = answer
    await store.keepRoll(this.enrolment, roll)
    this.take(roll)
    return true
  }

  async ask(address, options) {
    const before = Date.now()
    try {
      const answer = await fetch(address, { ...options, redirect: "manual", signal: AbortSignal.timeout(15000) })
      if (!answer.ok) {
        this.state = answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404 ? "signed-out" : "offline"
        return null
      }
      const said = await answer.json()
      this.state = "online"
      this.token = said.token
      this.offset = said.now - (before + Date.now()) / 2
      localStorage.setItem(OFFSET, this.offset)
      return said
    } catch {
      this.state = "offline"
      return null
    }
  }

  take(roll) {
    this.people = roll.people.map(asPerson)
    this.byId = new Map(this.people.map((person) => [person.id, person]))
    this.byCode = new Map(this.people.map((person) => [person.code, person]))
    this.sittings = roll.sittings.map(([id, label, at]) => ({ id, label, at }))
    localStorage.setItem(`${SITTINGS}${this.enrolment}`, JSON.stringify(this.sittings))
    this.units = roll.units
    this.kinds = roll.kinds
    this.known = roll.arrivals
    this.hasRoll = true
    this.count()
  }

  async nameGuests() {
    for (const scan of this.queue) if (scan.sealed && store.hasKey()) scan.guest = await store.unseal(scan.sealed)
  }

  /* Who has come: what the server knows and what waits here; of two times the earlier. */
  count() {
    this.arrivals = new Map((this.known || []).map(([who, sitting, at, gate]) => [`${who}:${sitting}`, { at, gate }]))
    for (const scan of this.queue) {
      const who = this.whoOf(scan)
      const key = `${who}:${scan.sitting}`
      const known = this.arrivals.get(key)
      if (scan.undone) {
        if (known?.at === scan.at) this.arrivals.delete(key)
      } else if (!known || scan.at < known.at) this.arrivals.set(key, { at: scan.at, gate: scan.gate, id: scan.id })
    }
  }

  whoOf(scan) {
    if (scan.guestId) return scan.guestId
    return scan.person || this.byCode?.get(scan.code)?.id || scan.code
  }

  personOf(text) {
    const code = CODE.exec(text.trim().toLowerCase())?.[0] || ""
    return { code, person: (code && this.byCode?.get(code)) || null }
  }

  arrivalOf(who, sitting) {
    return this.arrivals.get(`${who}:${sitting}`)
  }

  /* Let somebody in; kept on the telephone before anything is shown. `who` is {person}, {code} or {guest}. */
  async enter(who, sitting, gate) {
    const scan = { id: crypto.randomUUID(), enrolment: this.enrolment, sitting, gate, at: this.now(), ...who }
    const kept = { ...scan }
    if (who.guest) {
      scan.guestId = kept.guestId = who.guest.id
      kept.sealed = await store.seal(who.guest)
      delete kept.guest
    }
    await store.keepScan(kept)
    this.queue.push({ ...kept, guest: who.guest })
    this.count()
    return scan
  }

  async undo(scan) {
    const undone = { ...(this.queue.find(({ id }) => id === scan.id) || scan), undone: this.now() }
    const kept = { ...undone }
    if (kept.guest) kept.sealed = kept.sealed || (await store.seal(kept.guest))
    delete kept.guest
    await store.keepScan(kept)
    this.queue = [...this.queue.filter(({ id }) => id !== scan.id), undone]
    this.known = (this.known || []).filter(
      ([who, sitting, at]) => !(who === this.whoOf(undone) && sitting === undone.sitting && at === undone.at)
    )
    this.count()
  }

  /* Send what waits, some at a time; true when nothing waits any more. What was not acknowledged stays. */
  async send() {
    if (this.isSending) return false
    this.isSending = true
    try {
      if (!this.token && !(await this.load())) return false
      await this.nameGuests()
      for (;;) {
        const some = this.queue.filter((scan) => !scan.refused && (!scan.sealed || scan.guest)).slice(0, SOME)
        if (!some.length) return true
        if (!(await this.sendSome(some))) return false
      }
    } finally {
      this.isSending = false
    }
  }

  async sendSome(some) {
    const gates = [...new Set(some.map((scan) => scan.gate))]
    const batch = some.filter((scan) => scan.gate === gates[0])
    const scans = batch.map(({ id, sitting, person, code, guest, at, undone }) => ({
      id, sitting, person, code, guest, at, undone,
    }))
    const answer = await this.ask(this.addresses.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify({ gate: gates[0], scans }),
    })
    if (!answer) {
      this.token = ""
      return false
    }
    const kept = new Set(answer.kept)
    const refused = new Map(answer.refused)
    // What was undone while this was on its way is another entry by now, and waits for its own turn.
    const done = batch.filter((scan) => kept.has(scan.id) && this.queue.includes(scan))
    await store.dropScans(done.map(({ id }) => id))
    this.queue = this.queue.filter((scan) => !done.includes(scan))
    for (const scan of this.queue) if (refused.has(scan.id)) scan.refused = refused.get(scan.id)
    this.known = answer.arrivals
    this.count()
    return answer.kept.length > 0 || answer.refused.length > 0
  }
}
