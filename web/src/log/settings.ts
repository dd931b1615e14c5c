// How the reader wants logs to look, in all of them and the next time.
import { createSignal } from 'solid-js'
import { TIMES, type Times } from './times.ts'

const WRAP = 'constellation.log.wrap'
const SHOWN_TIMES = 'constellation.log.times'

const [wraps, keepWraps] = createSignal(localStorage.getItem(WRAP) === 'on')
const [times, keepTimes] = createSignal<Times>(
  TIMES.find((each) => each === localStorage.getItem(SHOWN_TIMES)) ?? 'off',
)

export { times, wraps }

/** Whether long lines wrap. */
export function setWraps(on: boolean): void {
  localStorage.setItem(WRAP, on ? 'on' : 'off')
  keepWraps(on)
}

export function setTimes(shown: Times): void {
  localStorage.setItem(SHOWN_TIMES, shown)
  keepTimes(shown)
}

/** The next way to show times, round and round. */
export function nextTimes(shown: Times): Times {
  return TIMES[(TIMES.indexOf(shown) + 1) % TIMES.length] ?? 'off'
}
