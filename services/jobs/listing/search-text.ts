// What somebody types into a search, as what the index of jobs can be asked: a pure step.

/** A word that must be there. */
export interface SearchWord {
  /** For LIKE, against `job_text` in the schema, which is in lower case and has a space before each word. */
  pattern: string
  /** The ids that begin with the word, from the least to the greatest; null where it cannot be an id's beginning. */
  ids: { least: string; greatest: string } | null
}

const MOST_WORDS = 8
/** Shorter beginnings of ids, which are times, would be those of half the jobs. */
const LEAST_ID_DIGITS = 8
const ID_DIGITS = 32
/** The index is one of three letters. */
const INDEXED_LETTERS = 3

/** At most eight words; one without a letter or a digit says nothing. */
export function searchWords(text: string): SearchWord[] {
  const words = text.toLowerCase().split(/\s+/)
  const telling = words.filter((word) => /[\p{Letter}\p{Number}]/u.test(word))
  return telling.slice(0, MOST_WORDS).map((word) => ({ pattern: patternOf(word), ids: idsFrom(word) }))
}

function patternOf(word: string): string {
  const escaped = word.replace(/[\\%_]/g, '\\$&')
  const isIndexed = (word.match(/[\p{Letter}\p{Number}]+/gu) ?? []).some((part) => part.length >= INDEXED_LETTERS)
  return isIndexed ? `%${escaped}%` : `% ${escaped}%`
}

function idsFrom(word: string): SearchWord['ids'] {
  const digits = word.replaceAll('-', '')
  if (!/^[0-9a-f]+$/.test(digits) || digits.length < LEAST_ID_DIGITS || digits.length > ID_DIGITS) return null
  return { least: asId(digits.padEnd(ID_DIGITS, '0')), greatest: asId(digits.padEnd(ID_DIGITS, 'f')) }
}

function asId(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
