import { onCleanup } from 'solid-js'

/**
 * Answers with a function that has `act` called once, `soonMs` after the first of many calls. It is also called
 * each `roundMs`, where that is given, while somebody sees the page.
 */
export function createSoon(act: () => void, soonMs: number, roundMs?: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const round = roundMs === undefined ? undefined : setInterval(() => document.hidden || act(), roundMs)
  onCleanup(() => {
    clearTimeout(timer)
    clearInterval(round)
  })
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      act()
    }, soonMs)
  }
}
