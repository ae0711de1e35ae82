// On every page of the office: forgets what the server has saved, and everything on signing out.
import { drop, dropAllOnSignOut, FORMS, keysOf, read, sealOld, STORIES } from "./device.js"
import { saved } from "./saved-copy.js"

if (saved) {
  for (const key of keysOf(FORMS)) if (key.endsWith(`:${saved}`)) drop(key)
  // What the server itself adds to a story while saving it (a notice it writes) is no second text.
  for (const key of keysOf(STORIES)) if (read(key)?.name === saved) drop(key)
}
sealOld()
dropAllOnSignOut()
