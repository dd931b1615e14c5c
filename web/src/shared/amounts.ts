// Durations and amounts as people read them.
import { LANGUAGE, sayWhole } from './language.ts'
import { onceUsed } from './once-used.ts'

/** A duration in milliseconds: `3.2 s`, `1 min 05 s`, `2 h 03 min`, `3 d 4 h`. Tenths only where `exact`. */
export function sayDuration(ms: number, exact = false): string {
  const seconds = exact ? Math.round(Math.max(0, ms) / 100) / 10 : Math.floor(Math.max(0, ms) / 1000)
  if (seconds < 60) return `${seconds.toFixed(exact ? 1 : 0)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${pad(Math.floor(seconds) % 60)} s`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ${pad(minutes % 60)} min`
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** How long ago, from milliseconds: `just now`, `12 s ago`, `3 min ago`, `2 h ago`, `5 d ago`. */
export function sayAgo(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 5) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ago`
  return `${Math.floor(hours / 24)} d ago`
}

/** How soon, from milliseconds: `any moment`, `in 12 s`, `in 3 min`, `in 2 h`, `in 5 d`. */
export function sayIn(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 5) return 'any moment'
  if (seconds < 60) return `in ${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `in ${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 24 ? `in ${hours} h` : `in ${Math.round(hours / 24)} d`
}

/** GPU-seconds: one decimal up to a thousand, then whole. */
export function sayGpuSeconds(seconds: number): string {
  return seconds < 1000 ? oneDecimal().format(seconds) : sayWhole(seconds)
}

/** GPU-hours: as many decimals as say something. */
export function sayGpuHours(hours: number): string {
  if (hours >= 100 || hours === 0) return sayWhole(hours)
  if (hours < 0.0005) return '< 0.001'
  return hours >= 1 ? twoDecimals().format(hours) : threeDecimals().format(hours)
}

/** Megabytes (MiB) as a card's memory is named: `24 GB`, `512 MB`. */
export function sayMemory(megabytes: number): string {
  return megabytes >= 1024 ? `${upToOneDecimal().format(megabytes / 1024)} GB` : `${sayWhole(megabytes)} MB`
}

/** Power in watts: `840 W`, and from ten kilowatts on `92.5 kW`. */
export function sayPower(watts: number): string {
  return watts < 10_000 ? `${sayWhole(watts)} W` : `${upToOneDecimal().format(watts / 1000)} kW`
}

/** Energy in joules: `840 J`, `12.5 kJ`, and from a kilowatt-hour's tenth on `0.4 kWh`. */
export function sayEnergy(joules: number): string {
  if (joules < 1000) return `${sayWhole(joules)} J`
  return joules < JOULES_OF_KWH / 10
    ? `${upToOneDecimal().format(joules / 1000)} kJ`
    : `${sayKilowattHours(joules / JOULES_OF_KWH)} kWh`
}

function sayKilowattHours(amount: number): string {
  return amount >= 100 ? sayWhole(amount) : upToTwoDecimals().format(amount)
}

/** Money, such as `€4.20`: cents do for what is more than that. */
export function sayMoney(amount: number, currency: string): string {
  const digits = amount > 0 && amount < 0.1 ? 4 : 2
  return new Intl.NumberFormat(LANGUAGE, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount)
}

/** `42 %` of a part of 1. */
export function sayPercent(part: number): string {
  return `${sayWhole(part * 100)} %`
}

/** `+12 %` of a part of 1 by which something has grown. */
export function sayChange(part: number): string {
  return `${signed().format(part * 100)} %`
}

const JOULES_OF_KWH = 3_600_000

const signed = onceUsed(() => new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0, signDisplay: 'exceptZero' }))
const oneDecimal = onceUsed(
  () => new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
)
const twoDecimals = onceUsed(
  () => new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
)
const threeDecimals = onceUsed(
  () => new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 3, maximumFractionDigits: 3 }),
)
const upToOneDecimal = onceUsed(() => new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 }))
const upToTwoDecimals = onceUsed(() => new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 2 }))

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
