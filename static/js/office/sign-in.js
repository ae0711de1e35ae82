/* The page of signing in, reached because a session ended: says so when this device holds the words. */

import { holds } from "../articles/local-copy.js"
import { FORMS, keysOf } from "./device.js"

const { pathname } = new URL(document.querySelector("[name=next]").value, location.origin)
const story = pathname.match(/\/articles\/article\/(\d+|add)\//)?.[1]
const isForm = keysOf(FORMS).some((key) => key.split(":")[2] === pathname)
if (isForm || (story && holds(story === "add" ? "moi" : story))) document.querySelector("[data-kept-words]").hidden = false
