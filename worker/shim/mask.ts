// Keeps the values of secrets out of a log. No clock and no files here.
import { type Automaton, buildAutomaton } from './automaton.ts'

/** What stands in a log where a secret stood. */
const MASK = '***'
/** Shorter values are too common to be hidden: a log without every `1` could not be read. In UTF-16 units. */
const SHORTEST = 4

export interface Masker {
  /** Masks a piece of text that others follow. What may be the beginning of a secret is kept for the next piece. */
  take(text: string): string
  /** Masks what was kept: nothing follows. */
  end(): string
}

/** A part of a text that is to be hidden. */
interface Span {
  start: number
  end: number
}

/**
 * Hides every occurrence of the values, wherever the text is cut into pieces. Of a value of several lines
 * each line is hidden by itself, since a program may print it indented or in part. Occurrences that touch
 * become one mask.
 */
export function createMasker(values: readonly string[]): Masker {
  const patterns = patternsOf(values)
  if (patterns.length === 0) return { take: (text) => text, end: () => '' }
  return maskWith(buildAutomaton(patterns))
}

/** Masks a whole text. */
export function mask(values: readonly string[], text: string): string {
  const masker = createMasker(values)
  return masker.take(text) + masker.end()
}

function patternsOf(values: readonly string[]): string[] {
  const lines = values.flatMap((value) => value.split(/[\r\n]+/))
  // With the blanks around it and without: what is long enough only with them is hidden with them.
  const patterns = lines.flatMap((line) => [line, line.trim()])
  return [...new Set(patterns)].filter((pattern) => pattern.trim() !== '' && pattern.length >= SHORTEST)
}

function maskWith(automaton: Automaton): Masker {
  let node = automaton.root
  /** The end of the text so far, which may begin a secret, and what of it is known to be hidden. */
  let kept = ''
  let found: Span[] = []
  /** True where the last that was given out is a mask, which what touches it is part of. */
  let masked = false

  /** Gives out the text up to `until`, and keeps the rest. */
  const release = (text: string, until: number): string => {
    let out = ''
    let done = 0
    const spans = unite(found)
    for (const { start, end } of spans) {
      // One that begins right there is certain, however it goes on.
      if (start > until) break
      if (start > done) masked = false
      out += text.slice(done, start) + (masked ? '' : MASK)
      masked = true
      done = end
    }
    if (done < until) {
      out += text.slice(done, until)
      masked = false
    }
    kept = text.slice(until)
    found = spans
      .filter(({ end }) => end > until)
      .map(({ start, end }) => ({ start: Math.max(0, start - until), end: end - until }))
    return out
  }

  return {
    take: (piece) => {
      const text = kept + piece
      node = automaton.search(text, kept.length, node, (start, end) => found.push({ start, end }))
      // No secret that is still to be found begins before this.
      return release(text, text.length - automaton.depth(node))
    },
    end: () => {
      node = automaton.root
      return release(kept, kept.length)
    },
  }
}

/** One span for all that overlap or touch, in order. The spans come in the order of their ends. */
function unite(spans: readonly Span[]): Span[] {
  const united: Span[] = []
  let last: Span | undefined
  for (const { start, end } of spans.toReversed()) {
    if (last && end >= last.start) last.start = Math.min(last.start, start)
    else {
      last = { start, end }
      united.push(last)
    }
  }
  return united.toReversed()
}
