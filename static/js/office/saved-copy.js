/* Which copy of this device the server has saved: told by a cookie of newsroom.admin_site, read once a page. */

const SAVED = "saved_copy"

export const newName = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 10)

/* The name that the form was sent with, or nothing. */
export const saved = document.cookie.match(new RegExp(`(?:^|; )${SAVED}=([0-9a-z]+)`))?.[1]

// biome-ignore lint/suspicious/noDocumentCookie: Firefox and older Safari have no other way
if (saved) document.cookie = `${SAVED}=; path=/admin/; max-age=0; samesite=lax`
