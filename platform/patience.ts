// What is acted upon only when it has lasted.

/** Lets through what it was shown for `patienceMs` without a break. */
export function createPatience(patienceMs: number): (ids: readonly string[], nowMs: number) => string[] {
  let since = new Map<string, number>()
  return (ids, nowMs) => {
    since = new Map(ids.map((id) => [id, since.get(id) ?? nowMs]))
    return ids.filter((id) => nowMs - (since.get(id) ?? nowMs) >= patienceMs)
  }
}
