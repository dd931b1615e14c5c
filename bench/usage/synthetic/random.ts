// Chance that falls the same way each time.

/** Numbers from 0 up to 1, the same for the same seed: the generator sfc32. */
export function createRandom(seed: number): () => number {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, seed | 0, 1]
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }
  for (let i = 0; i < 16; i++) next()
  return next
}

/** Draws from what has these weights; the result is an index. */
export function weighted(weights: readonly number[]): (random: number) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let below = 0
  const bounds = weights.map((weight) => {
    below += weight / total
    return below
  })
  return (random) => {
    const found = bounds.findIndex((bound) => random < bound)
    return found === -1 ? weights.length - 1 : found
  }
}

/** A draw of the standard normal distribution, of two numbers from 0 up to 1. */
export function normal(one: number, other: number): number {
  return Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other)
}
