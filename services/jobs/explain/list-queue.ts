// The jobs that wait, as a list: those that a principal may see, in the order in which they would be given away.
import { type Page, pageOf, readCursor, rowsFor } from '@constellation/platform/pages.ts'
import type { Pool } from 'pg'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { Job } from '../entities.ts'
import type { Kind } from '../sql/queue-lanes.ts'
import { inOrder, outOfOrder } from '../sql/queue-list.ts'
import { findWaiters } from '../sql/waiters.ts'
import { knows } from './explain.ts'
import type { QueueView } from './queue-view.ts'
import { type QueueViews, sharedViews } from './queue-views.ts'

const MOST = 500
/** Further down nobody reads. */
const DEEPEST = 100_000

const cursor = v.tuple([v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(DEEPEST))])

/**
 * At most `first` of them, after the cursor of the page before. Those that the order of the policy does not tell of
 * come last.
 * @throws ConstellationError BAD_USER_INPUT for a `first` that is not from 1 to 500, and for what is no cursor
 */
export async function listQueue(
  { who, pool, loaders, leaseMs }: Context,
  kind: Kind,
  first: number,
  after: string | null | undefined,
  views: QueueViews = sharedViews(pool, leaseMs),
): Promise<Page<Job>> {
  const limit = rowsFor(first, MOST)
  const [skip] = after == null ? [0] : readCursor(cursor, after)
  const read = async (view: QueueView) => {
    const known = [...view.positions.keys()]
    const { ids, before } = await inOrder(pool, who, known, skip, limit)
    const left = limit - ids.length
    const rest = left > 0 ? await outOfOrder(pool, who, kind, known, Math.max(0, skip - before), left) : []
    return { view, ids: [...ids, ...rest], rest }
  }
  const recent = await read(await views.recent(kind))
  const { ids } = (await isBehind(pool, recent.view, recent.rest)) ? await read(await views.fresh(kind)) : recent
  const page = pageOf(ids, first, (id) => [skip + ids.indexOf(id) + 1])
  const jobs = await loaders.job.loadMany(page.nodes)
  // One may have gone meanwhile.
  return { ...page, nodes: jobs.filter((job): job is Job => job !== null && !(job instanceof Error)) }
}

/** Whether one of the jobs that the view does not tell of has come since, and is in line. */
async function isBehind(pool: Pool, view: QueueView, rest: readonly string[]): Promise<boolean> {
  if (rest.length === 0) return false
  const rows = await findWaiters(pool, rest)
  return rows.some((row) => row.waitingOn === 0 && row.notBefore === null && !knows(view, row))
}
