// What the service needs while it makes its lake from the ledger, as after a restore, and analysts ask all the while.
import { readManifest } from '@constellation/usage/lake/manifest.ts'
import { type Clicks, measureClicks } from './clicks.ts'
import type { Dataset } from './dataset.ts'
import { mostMemoryMb } from './latency.ts'
import { startSubject } from './subject.ts'

/** Until then the files of a day are put together. */
const LIMIT_MS = 6 * 60_000

export interface MadeAnew {
  seconds: number
  memoryMb: number
  /** All that was asked until the lake was there, and of the first that were asked then. */
  asked: number
  refused: number
  after: Clicks
}

/**
 * `slices` are those of the ledger.
 * @throws Error where the lake is not there in six minutes
 */
export async function makeAnew(dataset: Dataset, slices: number): Promise<MadeAnew> {
  await using holdings = new AsyncDisposableStack()
  const directory = `${dataset.directory}-anew`
  const subject = await startSubject({ ...dataset, directory }, holdings)
  const began = performance.now()
  let [asked, refused] = [0, 0]
  while (!(await isThere(directory, slices))) {
    if (performance.now() - began > LIMIT_MS) throw new Error('The lake was not made in time.')
    const clicks = await measureClicks(subject)
    asked += clicks.questions
    refused += clicks.refused
  }
  const seconds = (performance.now() - began) / 1000
  const after = await measureClicks(subject)
  return { seconds, asked, refused, after, memoryMb: mostMemoryMb(subject.pid) }
}

/** Whether all is there, in one file for each day: that is done last. */
async function isThere(directory: string, slices: number): Promise<boolean> {
  const { files } = await readManifest(directory)
  return (
    files.reduce((sum, { rows }) => sum + rows, 0) === slices &&
    new Set(files.map(({ day }) => day)).size === files.length
  )
}
