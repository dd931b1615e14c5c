import type { SampleFragment } from '../generated/documents.ts'

/** How long samples are kept for a card's little charts, in milliseconds. */
export const CARD_SPAN_MS = 60_000

/** The samples with one more, without those older than the span; the same samples where it is not newer. */
export function keepLast(
  samples: readonly SampleFragment[],
  sample: SampleFragment,
  spanMs: number = CARD_SPAN_MS,
): readonly SampleFragment[] {
  const at = Date.parse(sample.at)
  const last = samples.at(-1)
  if (last && Date.parse(last.at) >= at) return samples
  return [...samples.filter((each) => Date.parse(each.at) > at - spanMs), sample]
}

/**
 * The points of a line in a box of `width` × `height`, the newest at the right edge and `top` at the upper one.
 * What is not known is left out.
 */
export function sparkPath(
  samples: readonly SampleFragment[],
  value: (sample: SampleFragment) => number | null,
  top: number,
  width: number,
  height: number,
): string {
  const end = Date.parse(samples.at(-1)?.at ?? '')
  return samples
    .flatMap((sample) => {
      const known = value(sample)
      if (known === null) return []
      const x = width - ((end - Date.parse(sample.at)) / CARD_SPAN_MS) * width
      const y = height - Math.min(1, Math.max(0, known / top)) * height
      return `${x.toFixed(1)},${y.toFixed(1)}`
    })
    .join(' ')
}
