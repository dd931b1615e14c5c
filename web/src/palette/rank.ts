// How well a text answers what somebody typed.

/**
 * Higher is better, undefined for not at all. Each word that was typed must be there: at the text's beginning, at
 * a word's, anywhere, or as letters in this order with others between.
 */
export function rank(text: string, typed: string): number | undefined {
  const hay = text.toLowerCase()
  let sum = 0
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const score = rankWord(hay, word)
    if (score === undefined) return undefined
    sum += score
  }
  // Of two that answer alike, the shorter one is meant.
  return sum - hay.length / 1000
}

function rankWord(hay: string, word: string): number | undefined {
  const at = hay.indexOf(word)
  if (at === 0) return 4
  if (at > 0) return wordBegins(hay, word) ? 3 : 2
  return isScattered(hay, word) ? 1 : undefined
}

function wordBegins(hay: string, word: string): boolean {
  for (let at = hay.indexOf(word); at >= 0; at = hay.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(hay.charAt(at - 1))) return true
  }
  return false
}

function isScattered(hay: string, word: string): boolean {
  let at = -1
  for (const letter of word) {
    at = hay.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}

/** Those that answer, the best first, and no more than `most`. Without anything typed all of them, as they were. */
export function ranked<Item extends { text: string }>(items: readonly Item[], typed: string, most: number): Item[] {
  return items
    .flatMap((item) => {
      const score = rank(item.text, typed)
      return score === undefined ? [] : [{ item, score }]
    })
    .toSorted((a, b) => (typed.trim() === '' ? 0 : b.score - a.score))
    .slice(0, most)
    .map(({ item }) => item)
}
