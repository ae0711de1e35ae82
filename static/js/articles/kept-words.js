/* The page of signing in, reached because a session ended: says so when this device holds the words. */

import { holds } from "./local-copy.js"

const story = document.querySelector("[name=next]").value.match(/\/articles\/article\/(\d+|add)\//)?.[1]
if (story && holds(story === "add" ? "moi" : story)) document.querySelector("[data-kept-words]").hidden = false
