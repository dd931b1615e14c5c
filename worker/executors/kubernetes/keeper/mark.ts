// Whether somebody still keeps a pod: its mark changes while that is so.

/** A function that says whether the mark has changed within `longestMs` of `clock`. One that cannot be read has not. */
export function watchMark(read: () => string | undefined, longestMs: number, clock: () => number): () => boolean {
  let mark: string | undefined
  let changedAt = clock()
  return () => {
    const now = read()
    if (now !== undefined && now !== mark) {
      mark = now
      changedAt = clock()
    }
    return clock() - changedAt < longestMs
  }
}
