/* Words this device holds and the server does not: said on top of the page, joined or dropped, and never
   passed over in silence when the older words on the screen are sent. */

import { drop, read } from "../office/device.js"
import { setAside, settle, waiting } from "./local-copy.js"
import { joinTexts } from "./join.js"

const notice = document.querySelector("[data-local-copy]")
const question = document.getElementById("waiting-dialog")
const part = (name) => notice.querySelector(`[data-${name}]`)

export const isWaiting = () => !notice.hidden

/* Nothing was stored since these words were typed. */
const isNext = (copy, stored) => String(stored.draft_number ?? "") === String(copy.number)

/* By ages, so that a device whose clock is wrong says the same. */
const isNewer = (copy, stored) => copy.time && Date.now() - copy.time < stored.saved_ago * 1000

const which = (copy, stored) => {
  if (!stored) return "Bản ấy khác bản đang hiện ở đây."
  if (isNext(copy, stored)) return `Bản trên máy mới hơn: bài lưu lần cuối trước đó (${stored.last}).`
  if (isNewer(copy, stored)) return `Bản trên máy mới hơn bản đã lưu (${stored.last}), nhưng hai bản khác nhau.`
  return `Bản đã lưu mới hơn (${stored.last}); bản trên máy có chỗ chưa được lưu.`
}

const show = (words, then, { look, leave, restore }) => {
  part("what").textContent = words
  part("then").textContent = then
  part("look").onclick = look
  part("restore").hidden = !restore
  part("restore").onclick = restore
  part("drop").hidden = !leave
  part("drop").onclick = leave
  const isNew = notice.hidden
  notice.hidden = false
  if (isNew) notice.focus() // it stands above everything else, wherever the page was opened
}

/* Two texts that somebody wants to join later: the way back to them stays in sight. */
export const postpone = (look) =>
  show("Bài đang có hai bản chưa ghép.", "Chữ bạn gõ vẫn giữ trên máy này; bài chưa được lưu tiếp.", { look })

const hide = () => {
  notice.hidden = true
}

/* Asks before older words are sent: resolves with "look", "send" or "stay". */
export const askFirst = () =>
  new Promise((resolve) => {
    const done = (answer) => {
      question.close()
      resolve(answer)
    }
    for (const button of question.querySelectorAll("[data-answer]")) button.onclick = () => done(button.dataset.answer)
    question.oncancel = () => resolve("stay")
    question.showModal()
  })

/* Looks after the copies of one story. `screen` gives: key() of this story, texts(), compare(copy), which
   answers null where no story is stored yet, flush(), isSent(), take(texts), choicesIn(fields),
   update(stored) and say(words). Returns what looks again. */
export const watchCopies = (screen) => {
  const key = screen.key()
  const isEmpty = (texts) =>
    ![texts.title, texts.lead].some((words) => words.trim()) && !/[^\s<>]|<figure/.test(texts.body.replace(/<(?!figure)[^>]*>/g, ""))

  const wordsOf = (copy) => ({ ...copy.texts, choices: screen.choicesIn(copy.fields ?? []) })

  /* Words that only go on where the stored ones end: taken as they are. */
  const restore = (copy, number) => {
    settle(key, copy)
    hide()
    screen.take(wordsOf(copy), number)
    check()
  }

  const join = async (copy) => {
    let answer
    try {
      await screen.flush() // what stands here now is one of the two sides
      if (screen.isSent()) answer = await screen.compare(copy)
    } catch {
      return screen.say("Chưa đối chiếu được hai bản: mất kết nối. Hãy thử lại khi có mạng.", "bad")
    }
    if (!screen.isSent()) {
      return screen.say("Chưa ghép được: chữ đang hiện ở đây chưa lưu xong. Hãy thử lại sau ít phút.", "bad")
    }
    const here = screen.texts()
    const stored = answer?.stored ?? here
    const reason = `Bản giữ trên máy này lúc ${copy.at} khác bản đã lưu`
    // Nothing stored since these words were typed: then they are simply the newer ones.
    const ifBoth = isNext(copy, stored) ? "mine" : "both"
    const joined = isEmpty(here)
      ? wordsOf(copy)
      : await joinTexts({ mine: answer?.mine ?? copy.texts, theirs: stored, who: null, reason, ifBoth, touched: copy.touched })
    if (!joined) return
    settle(key, copy)
    hide()
    screen.take(joined, stored.draft_number)
    check()
  }

  /* Shows the newest copy whose words are not on the server, and forgets those that are. */
  const check = async () => {
    for (const copy of waiting(key).toReversed()) {
      const answer = await screen.compare(copy).catch(() => undefined)
      if (answer?.known || (answer === null && isEmpty(copy.texts))) {
        settle(key, copy)
        screen.update(answer?.stored)
        continue
      }
      const isOff = answer === undefined
      const then = isOff ? "Chưa đối chiếu được với bản đã lưu: mất kết nối." : which(copy, answer?.stored)
      const stored = answer?.stored
      const mayRestore = stored && isNext(copy, stored) && screen.isUntouched()
      show(`Máy này còn giữ một bản chưa gửi lên, lúc ${copy.at}.`, then, {
        look: () => join(copy),
        restore: mayRestore ? () => (screen.isUntouched() ? restore(copy, stored.draft_number) : join(copy)) : undefined,
        leave: () => {
          settle(key, copy)
          hide()
          check()
        },
      })
      return
    }
    hide()
  }

  setAside(key)
  check()
  return check
}

/* A story sent as a new one by the form itself: this page is what became of it. */
export const forgetOpened = async (key, compare) => {
  const copy = read(key)
  if (copy && (await compare(copy).catch(() => null))?.known) drop(key)
}
