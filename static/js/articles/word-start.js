/* “Mở tệp Word” on the page where a story begins: the file is read there, the writing screen opens with it. */

import { handOver } from "./word-handover.js"

const area = document.querySelector("[data-word-start]")
const input = area.querySelector("[type=file]")
const says = area.querySelector("[data-says]")
const FAILED = "Chưa đọc được tệp: mất kết nối hoặc hết phiên. Hãy thử lại."

const read = async () => {
  const [file] = input.files
  if (!file) return
  says.textContent = `Đang đọc “${file.name}”…`
  const body = new FormData(area)
  const response = await fetch(area.action, { method: "POST", body, redirect: "manual" }).catch(() => null)
  const answer = response?.type === "basic" ? await response.json().catch(() => null) : null
  if (!response?.ok || !answer) {
    says.textContent = answer?.error || FAILED
    input.value = "" // the same file, mended, can be chosen again
    return
  }
  handOver(answer)
  location.assign(area.dataset.next)
}

area.hidden = false
input.addEventListener("change", read)
area.querySelector("button").addEventListener("click", () => input.click())
