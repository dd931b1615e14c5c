// What runs a GPU has had, and how they ended: which GPU is it that kills them?
import { invalidInput } from '@constellation/platform/errors.ts'
import { type Page, readCursor, rowsFor } from '@constellation/platform/pages.ts'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { GpuRef, Run } from '../entities.ts'
import type { GpuRunCounts } from '../generated/resolvers.ts'

const MOST = 100
const MOST_DAYS = 365
/** After every id that a run can have. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const cursor = v.tuple([v.pipe(v.string(), v.uuid())])

/**
 * One page of at most `first` runs of the GPU after the cursor of the page before. It may be short, or even empty, and
 * have a next one all the same, where very many runs are those of others.
 * @throws ConstellationError BAD_USER_INPUT
 */
export async function runsOfGpu(
  { loaders }: Context,
  { id }: GpuRef,
  first: number,
  after: string | null | undefined,
): Promise<Page<Run>> {
  rowsFor(first, MOST)
  const [before] = after == null ? [LAST_ID] : readCursor(cursor, after)
  return loaders.runsOfGpu.load({ gpuId: id.toLowerCase(), first, before })
}

/** How the runs ended that the GPU was given in the last `days`. @throws ConstellationError BAD_USER_INPUT */
export async function countRuns({ loaders }: Context, { id }: GpuRef, days: number): Promise<GpuRunCounts> {
  if (days < 1 || days > MOST_DAYS) throw invalidInput([{ path: 'days', message: `must be from 1 to ${MOST_DAYS}` }])
  return loaders.endsOnGpu.load({ gpuId: id.toLowerCase(), days })
}
