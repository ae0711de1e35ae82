// On every page of the office: forgets what the server has saved, and everything on signing out.
import { drop, dropAllOnSignOut, FORMS, keysOf, sealOld } from "./device.js"

const SAVED = "saved_copy" // set by newsroom.admin_site when it has saved the form with this copy

const saved = document.cookie.match(new RegExp(`(?:^|; )${SAVED}=([0-9a-z]+)`))?.[1]
if (saved) {
  // biome-ignore lint/suspicious/noDocumentCookie: Firefox and older Safari have no other way
  document.cookie = `${SAVED}=; path=/admin/; max-age=0; samesite=lax`
  for (const key of keysOf(FORMS)) if (key.endsWith(`:${saved}`)) drop(key)
}
sealOld()
dropAllOnSignOut()
