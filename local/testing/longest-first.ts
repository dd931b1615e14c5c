// Which test file begins first: those of the whole system take longest, and one that begins last is waited for alone.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By where a file lies, in this order; then as Vitest has it, which knows how long each took here before. */
const LONG = ['e2e/faults/', 'e2e/rolling/', 'e2e/pages/', 'e2e/']

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONG.findIndex((folder) => moduleId.includes(`/${folder}`))
  return place === -1 ? LONG.length : place
}
