// Moves a waiting job before or after another one, by its priority.
import { ConstellationError, type Problem } from '@constellation/platform/errors.ts'
import type { Context } from '../context.ts'
import type { Job } from '../entities.ts'
import { priorityFor, type Side } from '../policy/priority-for.ts'
import { updateJob } from '../update.ts'
import type { QueueView } from './queue-view.ts'
import { sharedViews } from './queue-views.ts'

/**
 * The job, with the priority that puts it there, or why it cannot be moved: the two do not wait for the same kind of
 * thing, or no priority does it.
 * @throws ConstellationError NOT_FOUND where one of them is none that it may see, PRECONDITION_FAILED where the job
 * changed meanwhile
 */
export async function moveJob(
  context: Context,
  id: string,
  side: Side,
  neighbourId: string,
): Promise<{ job: Job } | { problems: Problem[] }> {
  const [job, neighbour] = await Promise.all([seen(context, id), seen(context, neighbourId)])
  if (job.id === neighbour.id) return { job }
  const kind = job.gpuCount > 0 ? 'gpus' : 'slots'
  const views = sharedViews(context.pool, context.leaseMs)
  const view = await views.fresh(kind)
  for (const each of [job, neighbour]) {
    if (!inLine(view, each)) return refused(`Job ${each.name} is not in line there now.`)
  }
  const priority = await priorityFor(view, job, side, neighbour.id)
  if (priority === null) return refused(`No priority from -1000 to 1000 brings it ${side} job ${neighbour.name}.`)
  if (priority === job.priority) return { job }
  const result = await updateJob(context, id, { priority }, job.version)
  // Who asks for the list next is to see it there.
  await views.fresh(kind)
  return result
}

function refused(message: string): { problems: Problem[] } {
  return { problems: [{ path: '', message }] }
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
