// Moves a waiting job before or after another one, by its priority.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Context } from '../context.ts'
import type { Job } from '../entities.ts'
import { priorityFor, type Side } from '../policy/priority-for.ts'
import { updateJob } from '../update.ts'
import type { QueueView } from './queue-view.ts'
import { sharedViews } from './queue-views.ts'

/**
 * The job, with the priority that puts it there.
 * @throws ConstellationError NOT_FOUND where one of them is none that it may see, CONFLICT where they do not wait for
 * the same kind of thing, or no priority does it, PRECONDITION_FAILED where the job changed meanwhile
 */
export async function moveJob(context: Context, id: string, side: Side, neighbourId: string): Promise<Job> {
  const [job, neighbour] = await Promise.all([seen(context, id), seen(context, neighbourId)])
  const kind = job.gpuCount > 0 ? 'gpus' : 'slots'
  const views = sharedViews(context.pool, context.leaseMs)
  const view = await views.fresh(kind)
  for (const each of [job, neighbour]) {
    if (!inLine(view, each)) throw new ConstellationError('CONFLICT', `Job ${each.name} is not in line there now.`)
  }
  const priority = await priorityFor(view, job, side, neighbour.id)
  if (priority === null) {
    throw new ConstellationError('CONFLICT', `No priority from -1000 to 1000 brings it ${side} job ${neighbour.name}.`)
  }
  if (priority === job.priority) return job
  const result = await updateJob(context, id, { priority }, job.version)
  if ('problems' in result) throw new Error('A priority that was worked out is none.')
  // Who asks for the list next is to see it there.
  await views.fresh(kind)
  return result.job
}

async function seen({ loaders }: Context, id: string): Promise<Job> {
  const job = await loaders.job.load(id)
  if (!job) throw new ConstellationError('NOT_FOUND', `There is no job ${id}.`)
  return job
}

/** Whether the job may be given to a worker as soon as there is room. */
function inLine({ lanes }: QueueView, { id }: Job): boolean {
  return lanes.some(({ blocked, waiting }) => !blocked && waiting.some(({ jobId }) => jobId === id))
}
