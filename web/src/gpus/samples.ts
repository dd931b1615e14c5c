import type { SampleFragment } from '../generated/documents.ts'

/** The samples with one more, without those older than the span; the same samples where it is not newer. */
export function keepLast(
  samples: readonly SampleFragment[],
  sample: SampleFragment,
  spanMs: number,
): readonly SampleFragment[] {
  const at = Date.parse(sample.at)
  const last = samples.at(-1)
  if (last && Date.parse(last.at) >= at) return samples
  return [...samples.filter((each) => Date.parse(each.at) > at - spanMs), sample]
}
