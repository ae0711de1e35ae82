/* Words this device holds and the server does not: said on top of the page, joined or dropped, and never
   passed over in silence when the older words on the screen are sent. */

import { drop, read, setAside, settle, waiting } from "./local-copy.js"
import { joinTexts } from "./join.js"

const notice = document.querySelector("[data-local-copy]")
const question = document.getElementById("waiting-dialog")
const part = (name) => notice.querySelector(`[data-${name}]`)

export const isWaiting = () => !notice.hidden

const show = (words, then, { look, leave }) => {
  part("what").textContent = words
  part("then").textContent = then
  part("look").onclick = look
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

/* Looks after the copies of one story. `screen` gives: key() of this story, texts(), compare(texts), which
   answers null where no story is stored yet, flush(), isStored(), take(texts), update(stored) and
   say(words). Returns what looks again. */
export const watchCopies = (screen) => {
  const key = screen.key()
  const isEmpty = (texts) =>
    ![texts.title, texts.lead].some((words) => words.trim()) && !/[^\s<>]|<figure/.test(texts.body.replace(/<(?!figure)[^>]*>/g, ""))

  const join = async (copy) => {
    let answer
    try {
      await screen.flush() // what stands here now is one of the two sides
      if (screen.isStored()) answer = await screen.compare(copy.texts)
    } catch {
      return screen.say("Chưa đối chiếu được hai bản: mất kết nối. Xin thử lại khi có mạng.", "bad")
    }
    if (!screen.isStored()) {
      return screen.say("Chưa ghép được: chữ đang hiện ở đây chưa lưu xong. Xin thử lại sau ít phút.", "bad")
    }
    const here = screen.texts()
    const stored = answer?.stored ?? here
    const reason = `Bản giữ trên máy này lúc ${copy.at} khác bản đã lưu`
    // Nothing stored since these words were typed: then they are simply the newer ones.
    const isNewer = String(stored.draft_number ?? "") === String(copy.number)
    const ifBoth = isNewer ? "mine" : "both"
    const joined = isEmpty(here)
      ? copy.texts
      : await joinTexts({ mine: answer?.mine ?? copy.texts, theirs: stored, who: null, reason, ifBoth })
    if (!joined) return
    settle(key, copy)
    hide()
    screen.take(joined, stored.draft_number)
    check()
  }

  /* Shows the newest copy whose words are not on the server, and forgets those that are. */
  const check = async () => {
    for (const copy of waiting(key).toReversed()) {
      const answer = await screen.compare(copy.texts).catch(() => undefined)
      if (answer?.known || (answer === null && isEmpty(copy.texts))) {
        settle(key, copy)
        screen.update(answer?.stored)
        continue
      }
      const then = answer === undefined ? "Chưa đối chiếu được với bản đã lưu: mất kết nối." : "Bản ấy khác bản đang hiện ở đây."
      show(`Máy này còn giữ một bản chưa gửi lên, lúc ${copy.at}.`, then, {
        look: () => join(copy),
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
  if (copy && (await compare(copy.texts).catch(() => null))?.known) drop(key)
}
