// Numbers, times and sizes as people type them. Pure.
import { misused } from './failure.ts'

/** A whole number within bounds. @throws Failure which names the option */
export function wholeNumber(option: string, text: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text)
  if (/^-?\d{1,15}$/.test(text) && value >= least && value <= most) return value
  const bounds = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`
  throw misused(`${option} must be a whole number ${bounds}; it is ${JSON.stringify(text)}.`)
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }

/**
 * `90s`, `30m`, `1h30m`, `2d`, or as Slurm has it `MM:SS`, `HH:MM:SS`, `D-HH:MM` and `D-HH:MM:SS`; a mere number is seconds.
 */
export function seconds(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const [, days, a, b = '0', c] = /^(?:(\d{1,4})-)?(\d{1,3}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? []
  if (a !== undefined) {
    // Of two numbers, the first is hours behind days and minutes otherwise.
    const [hours, minutes, rest] = c === undefined && days === undefined ? ['0', a, b] : [a, b, c ?? '0']
    return Number(days ?? 0) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(rest)
  }
  if (!/^(\d{1,9}[smhdw])+$/.test(text)) {
    throw misused(`${option} must be a time such as 90s, 30m, 1h30m or 01:30:00; it is ${JSON.stringify(text)}.`)
  }
  return [...text.matchAll(/(\d+)([smhdw])/g)].reduce(
    (sum, [, count, unit = 's']) => sum + Number(count) * (UNIT_SECONDS[unit] ?? 1),
    0,
  )
}

const UNIT_MB: Readonly<Record<string, number>> = { M: 1, G: 1_024, T: 1_048_576 }

/** `512M`, `40G`, `1.5T`, with or without `iB` or `B`; a mere number is MiB. */
export function megabytes(option: string, text: string): number {
  const [, count, unit = 'M'] = /^(\d{1,9}(?:\.\d{1,3})?)([MGT])?(?:i?B)?$/i.exec(text) ?? []
  if (count !== undefined) return Math.ceil(Number(count) * (UNIT_MB[unit.toUpperCase()] ?? 1))
  throw misused(`${option} must be a size such as 512M or 40G; it is ${JSON.stringify(text)}.`)
}

/** An instant: ISO 8601, `now`, or from now on such as `+30m`; `-1d` is before now. */
export function instant(option: string, text: string, now = Date.now()): string {
  const [, sign, length] = /^([+-])(.+)$/.exec(text) ?? []
  if (length !== undefined)
    return new Date(now + (sign === '-' ? -1 : 1) * seconds(option, length) * 1_000).toISOString()
  if (text === 'now') return new Date(now).toISOString()
  const at = /^\d{4}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isFinite(at)) return new Date(at).toISOString()
  throw misused(`${option} must be a time such as 2026-01-31T12:00, or +30m; it is ${JSON.stringify(text)}.`)
}

/** `NAME=VALUE` each. */
export function pairs(option: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=')
      if (at < 1) throw misused(`${option} must be NAME=VALUE; it is ${JSON.stringify(text)}.`)
      return [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}

/** Parted by commas, without what is empty. */
export function listed(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(',')).filter((text) => text !== '')
}
