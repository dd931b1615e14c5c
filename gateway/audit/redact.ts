// What may be kept of the arguments of an operation: enough to know what was done, and nothing that must stay hidden.

const HIDDEN = '[hidden]'
/** Arguments whose values are never kept. `values` are what a sweep puts into environments. */
const SECRET_NAMES = new Set(['value', 'values', 'secret', 'token', 'password', 'idempotencyKey', 'hash'])
/** Of these the names are kept. */
const SECRET_MAPS = new Set(['env', 'arguments'])
/**
 * Tokens of an issuer and of ours, and what a URL has before its host or behind a `?`, wherever they stand. Each reads a
 * text once: anybody may send a long one that is made to be read again from each place of it.
 */
const SECRET_TEXTS: readonly ((text: string) => string)[] = [
  (text) => text.replace(/[\w.-]+/g, hideToken),
  (text) => text.replace(/\bcst_\w+/g, HIDDEN),
  (text) => text.replace(/(:\/\/)[^\s/@]+@/g, `$1${HIDDEN}@`),
  (text) => text.replace(/(?<=:\/\/[^\s?#]+)\?\S*/g, `?${HIDDEN}`),
]

function hideToken(word: string): string {
  const parts = word.split('.')
  const first = parts.findIndex((part, i) => Boolean(parts[i + 1]) && TOKEN.test(part))
  if (first < 0) return word
  const before = parts.slice(0, first).map((part) => `${part}.`)
  return `${before.join('')}${parts[first]?.replace(TOKEN, '')}${HIDDEN}`
}

/** How the first part of a JSON Web Token begins, and all behind that. */
const TOKEN = /\beyJ[\w-].*$/

const LONGEST_TEXT = 200
const MOST_ITEMS = 20
const DEEPEST = 6
/** More than this is left out whole, in UTF-16 units of its JSON. */
const MOST_TEXT = 8_192

/** The arguments as they may be kept, cut to what a person would read. */
export function redact(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = redactFields(given, 0)
  return JSON.stringify(kept).length <= MOST_TEXT ? kept : { cut: 'They are too long to be kept.' }
}

function redactFields(given: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    entries.slice(0, MOST_ITEMS).map(([name, value]) => [cut(name), redactField(name, value, depth)]),
  )
}

function redactField(name: string, value: unknown, depth: number): unknown {
  if (value === null) return null
  if (SECRET_NAMES.has(name)) return HIDDEN
  if (!SECRET_MAPS.has(name)) return redactValue(value, depth)
  if (typeof value !== 'object') return HIDDEN
  const names = Object.keys(value).slice(0, MOST_ITEMS)
  return Object.fromEntries(names.map((key) => [cut(key), HIDDEN]))
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cut(SECRET_TEXTS.reduce((text, hide) => hide(text), value))
  if (typeof value !== 'object' || value === null) return value
  if (depth === DEEPEST) return '…'
  if (!Array.isArray(value)) return redactFields(value, depth + 1)
  const items = value.slice(0, MOST_ITEMS).map((item) => redactValue(item, depth + 1))
  return value.length > MOST_ITEMS ? [...items, `and ${value.length - MOST_ITEMS} more`] : items
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
}
