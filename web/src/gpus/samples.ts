import type { SampleFragment } from '../generated/documents.ts'

/** How long samples are kept, in milliseconds: what a card's little chart spans. */
const SPAN_MS = 60_000

/** The samples with one more, without those older than the span; the same samples where it is not newer. */
export function keepLast(samples: readonly SampleFragment[], sample: SampleFragment): readonly SampleFragment[] {
  const at = Date.parse(sample.at)
  const last = samples.at(-1)
  if (last && Date.parse(last.at) >= at) return samples
  return [...samples.filter((each) => Date.parse(each.at) > at - SPAN_MS), sample]
}

/** The points of a line of utilisation, in a box of `width` × `height`, the newest at the right edge. */
export function utilisationPath(samples: readonly SampleFragment[], width: number, height: number): string {
  const end = Date.parse(samples.at(-1)?.at ?? '')
  return samples
    .filter((sample) => sample.utilisationPercent !== null)
    .map((sample) => {
      const x = width - ((end - Date.parse(sample.at)) / SPAN_MS) * width
      const y = height - (Math.min(100, Math.max(0, sample.utilisationPercent ?? 0)) / 100) * height
      return `${x.toFixed(1)},${y.toFixed(1)}`
    })
    .join(' ')
}
