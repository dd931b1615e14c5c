// How far a job says that it is: what tqdm and its kin write to the terminal. Pure.
import { bar } from '../view/text.ts'

export interface Progress {
  /** From 0 to 1. */
  share: number
  /** Such as `45/100`. */
  count: string | null
  /** What is left, as the program tells it, such as `00:12`. */
  left: string | null
  /** Such as `4.50it/s`. */
  rate: string | null
}

// Each part ends where the next one must begin, so that there is one way to read a line: programs write what they like,
// and of many ways one could be looked for without end.
const TQDM =
  /(\d{1,3})%\|[^|\r\n]*\|\s*([^\s/]+\/[^\s/]+)\s*\[[^<\]\r\n]*<([^,\]\r\n]*)(?:,([^,\]\r\n]*)(?:,[^\]\r\n]*)?)?\]/g
/** Bars of others, such as `[####------]  40%` and `Epoch 3: 40%`. */
const PERCENT = /(?:^|[\s\]])(\d{1,3})(?:\.\d+)?\s?%/g
/** More is not read of what a program wrote last, in characters. */
const MOST = 4_096

/** The newest that a piece of output tells; null where it tells none. */
export function progressIn(text: string): Progress | null {
  const end = text.slice(-MOST)
  const bars = [...end.matchAll(TQDM)].at(-1)
  if (bars) {
    const [, percent, count = null, left = '', rate] = bars
    return { share: share(percent), count, left: left.includes('?') ? null : left.trim(), rate: rate?.trim() ?? null }
  }
  const lastLine = end.split(/[\r\n]/).findLast((line) => line.trim() !== '') ?? ''
  const percent = [...lastLine.matchAll(PERCENT)].at(-1)?.[1]
  return percent === undefined || Number(percent) > 100
    ? null
    : { share: share(percent), count: null, left: null, rate: null }
}

function share(percent: string | undefined): number {
  return Math.min(1, Number(percent ?? 0) / 100)
}

/** `█████░░░░░  45%  45/100  00:12 left`. */
export function progressText({ share, count, left, rate }: Progress, width = 12): string {
  const parts = [bar(share, width), `${Math.round(share * 100)}%`.padStart(4), count, rate, left && `${left} left`]
  return parts.filter((part) => part !== null && part !== '').join(' ')
}
