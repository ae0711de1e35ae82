/* Where two lists differ: runs of equal items, and between them what only one side has. */

export const hunks = (mine, theirs, same = (a, b) => a === b) => {
  const rows = mine.length + 1
  const columns = theirs.length + 1
  const length = Array.from({ length: rows }, () => new Uint16Array(columns))
  for (let i = rows - 2; i >= 0; i--) {
    for (let j = columns - 2; j >= 0; j--) {
      length[i][j] = same(mine[i], theirs[j]) ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1])
    }
  }
  const found = []
  const last = (equal) => {
    const open = found.at(-1)
    if (open?.equal === equal) return open
    found.push({ equal, mine: [], theirs: [] })
    return found.at(-1)
  }
  let i = 0
  let j = 0
  while (i < mine.length || j < theirs.length) {
    if (i < mine.length && j < theirs.length && same(mine[i], theirs[j])) {
      const run = last(true)
      run.mine.push(mine[i++])
      run.theirs.push(theirs[j++])
    } else if (j >= theirs.length || (i < mine.length && length[i + 1][j] >= length[i][j + 1])) {
      last(false).mine.push(mine[i++])
    } else {
      last(false).theirs.push(theirs[j++])
    }
  }
  return found
}

const words = (text) => text.match(/\S+\s*/g) ?? []

/* The text of one side with the words the other lacks marked; only text, never markup. */
export const marked = (text, other, tag) => {
  const into = document.createDocumentFragment()
  const own = words(text)
  const theirs = words(other)
  if (own.length * theirs.length > 250000) {
    into.append(text)
    return into
  }
  for (const run of hunks(own, theirs, (a, b) => a.trim() === b.trim())) {
    if (!run.mine.length) continue
    const said = run.mine.join("")
    if (run.equal) into.append(said)
    else {
      const mark = document.createElement(tag)
      mark.textContent = said
      into.append(mark)
    }
  }
  return into
}
