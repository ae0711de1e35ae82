/* Choose photos for a story: from this device or from the library, in one dialog. */

const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]").value

/* One file to the library: {photo} or {error} in words; `onProgress` is told the part that has gone, 0 to 1.
   XMLHttpRequest, because fetch does not tell how much of a request has gone. */
export const uploadPhoto = (url, file, onProgress = () => {}) =>
  new Promise((resolve) => {
    const form = new FormData()
    form.append("file", file)
    const department = document.querySelector("#id_department")
    if (department?.value) form.append("department", department.value)
    const request = new XMLHttpRequest()
    request.open("POST", url)
    request.setRequestHeader("X-CSRFToken", csrf())
    request.responseType = "json"
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0)
    request.onload = () => {
      const answer = request.response
      if (request.status === 200 && answer?.id) resolve({ photo: asPhoto(answer) })
      else if (answer?.error) resolve({ error: answer.error })
      else if (!answer) resolve({ error: "Phiên làm việc đã hết hoặc máy chủ chưa trả lời. Hãy thử lại." })
      else resolve({ error: "Chưa tải được ảnh. Hãy thử lại." })
    }
    request.onerror = () => resolve({ error: "Mất kết nối khi tải ảnh. Chữ trong bài vẫn còn; hãy thử lại." })
    request.send(form)
  })

const asPhoto = (row) => ({
  id: row.id,
  src: row.photo ? row.photo.src : row.src || row.thumb,
  width: row.photo?.width,
  height: row.photo?.height,
  caption: row.caption,
  credit: row.credit,
  alt: row.alt,
  decorative: row.decorative,
})

const parts = () => {
  const dialog = document.querySelector("#photo-dialog")
  return {
    dialog,
    title: dialog.querySelector("h2"),
    files: dialog.querySelector("[data-files]"),
    camera: dialog.querySelector("[data-camera]"),
    words: dialog.querySelector("[data-words]"),
    list: dialog.querySelector("[data-list]"),
    says: dialog.querySelector("[data-says]"),
    close: dialog.querySelector("[data-close]"),
  }
}

const show = (list, rows, pick) => {
  list.replaceChildren(
    ...rows.map((row) => {
      const item = document.createElement("li")
      const button = document.createElement("button")
      const image = document.createElement("img")
      const words = document.createElement("span")
      button.type = "button"
      button.className = "photo-choice"
      image.src = row.thumb
      image.alt = ""
      image.loading = "lazy"
      words.textContent = row.caption || row.alt || `Ảnh ${row.id}`
      button.append(image, words)
      button.addEventListener("click", () => pick(asPhoto(row)))
      item.append(button)
      return item
    }),
  )
}

/* `settings`: photoPicker, where the library answers; onFiles(files), for files of this device; isOne, for one photo
   in the place of another. Resolves with what was chosen in the library. */
export const choosePhotos = (settings) =>
  new Promise((resolve) => {
    const { dialog, title, files, camera, words, list, says, close } = parts()
    const chosen = []
    let timer
    const done = () => {
      dialog.removeEventListener("close", done)
      files.onchange = camera.onchange = words.oninput = close.onclick = null
      clearTimeout(timer)
      resolve(chosen)
    }
    const pick = (photo) => {
      chosen.push(photo)
      dialog.close()
    }
    const look = async () => {
      try {
        const response = await fetch(`${settings.photoPicker}?q=${encodeURIComponent(words.value)}`)
        const answer = await response.json()
        show(list, answer.photos, pick)
        says.textContent = answer.photos.length ? "" : "Chưa có ảnh nào khớp trong kho."
      } catch {
        says.textContent = "Chưa mở được kho ảnh. Bạn vẫn có thể tải ảnh từ máy lên."
      }
    }
    for (const input of [files, camera]) {
      input.value = ""
      input.onchange = () => {
        settings.onFiles([...input.files])
        dialog.close()
      }
    }
    title.textContent = settings.isOne ? "Thay ảnh" : "Chèn ảnh"
    files.multiple = !settings.isOne
    words.value = ""
    words.oninput = () => {
      clearTimeout(timer)
      timer = setTimeout(look, 250)
    }
    close.onclick = () => dialog.close()
    dialog.addEventListener("close", done)
    says.textContent = ""
    dialog.showModal()
    look()
  })
