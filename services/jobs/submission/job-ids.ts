// Ids of jobs, made here so that the rows of one submission can name each other before any of them is stored.
import { randomBytes } from 'node:crypto'

/** How many ids share a millisecond: 12 bits of an id count within it. */
const PER_MS = 4_096

/** The millisecond and the count within it of the newest id, as one number. */
let newest = 0

/**
 * So many UUIDs of version 7, each greater than any that this process made before: of two jobs that come in the same
 * millisecond, the first stays the first in line.
 */
export function newJobIds(count: number, nowMs = Date.now()): string[] {
  const first = Math.max(nowMs * PER_MS, newest + 1)
  newest = first + count - 1
  return Array.from({ length: count }, (_, i) => uuid7(Math.floor((first + i) / PER_MS), (first + i) % PER_MS))
}

function uuid7(ms: number, counter: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(ms, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
