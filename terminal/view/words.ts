// How things are said. Pure.
import type { JobLineFragment } from '../generated/documents.ts'

type JobState = JobLineFragment['state']

const STATE_COLOURS = {
  QUEUED: 'yellow',
  RUNNING: 'cyan',
  COMPLETED: 'green',
  FAILED: 'red',
  CANCELLED: 'dim',
} as const

export function colourOf(state: JobState): 'yellow' | 'cyan' | 'green' | 'red' | 'dim' {
  return STATE_COLOURS[state]
}

/** `running`, or `cancelling` from the moment that it was asked for. */
export function stateWord({ state, cancelRequested }: { state: JobState; cancelRequested?: boolean }): string {
  const isLive = state === 'QUEUED' || state === 'RUNNING'
  return isLive && cancelRequested === true ? 'cancelling' : state.toLowerCase()
}

/** `8s`, `3m 20s`, `1h 05m`, `2d 03h`. */
export function duration(totalSeconds: number): string {
  const all = Math.max(0, Math.floor(totalSeconds))
  const [days, hours, minutes, rest] = [
    Math.floor(all / 86_400),
    Math.floor(all / 3_600) % 24,
    Math.floor(all / 60) % 60,
    all % 60,
  ]
  const two = (value: number) => String(value).padStart(2, '0')
  if (days > 0) return `${days}d ${two(hours)}h`
  if (hours > 0) return `${hours}h ${two(minutes)}m`
  return minutes > 0 ? `${minutes}m ${two(rest)}s` : `${rest}s`
}

/** How long ago. */
export function ago(at: string, now: number): string {
  return `${duration((now - Date.parse(at)) / 1_000)} ago`
}

/** When it will start, as far as that can be told. */
export function startsWhen(eta: string | null, now: number): string {
  if (eta === null) return ''
  const left = (Date.parse(eta) - now) / 1_000
  return left < 5 ? 'starts in a moment' : `starts in about ${duration(left)}`
}

interface Waiting {
  position: number | null
  message: string
  eta: string | null
}

/** Its place, why it waits, and until when. */
export function whyItWaits({ position, message, eta }: Waiting, now: number): string {
  const place = position === null ? '' : `${ordinal(position)} in line`
  return [place, message.replace(/\.$/, ''), startsWhen(eta, now)].filter((part) => part !== '').join(' · ')
}

function ordinal(place: number): string {
  if (place >= 10_000) return '10000th or later'
  const ending = place % 100 >= 11 && place % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')
  return `${place}${ending}`
}

/** The shortest beginnings of ids, at a joint, by which all of these are told apart. */
export function shortener(ids: readonly string[]): (id: string) => string {
  const distinct = new Set(ids).size
  const length = [13, 18, 23].find((each) => new Set(ids.map((id) => id.slice(0, each))).size === distinct)
  return (id) => id.slice(0, length)
}

/** `2`, `4 × A100`, or `-` for none. */
export function gpusWord({ count, model }: { count: number; model: string | null }): string {
  if (count === 0) return '-'
  return model === null ? String(count) : `${count} × ${model}`
}

interface Ended {
  exitCode: number | null
  signal: string | null
  outcome: string | null
  reason: string | null
}

/** How an attempt ended, in a few words. */
export function endOf({ exitCode, signal, outcome, reason }: Ended): string {
  if (reason !== null) return reason.replace(/\.$/, '')
  if (signal !== null) return `ended by ${signal}`
  if (exitCode !== null) return `ended with exit code ${exitCode}`
  return (outcome ?? '').toLowerCase().replaceAll('_', ' ')
}
