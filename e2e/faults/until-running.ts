// A run that runs just now, for faults that are to strike one.
import type { Planned } from './plan.ts'
import type { Rig } from './rig.ts'
import { until } from './until.ts'

const RUNNING = `SELECT r.id FROM runs r JOIN jobs j ON j.id = r.job_id
  WHERE j.name = ANY ($1) AND r.state = 'running' AND ($2::text IS NULL OR r.worker_id = $2) LIMIT 1`

/** The id of a run of these jobs that is running, on this worker if one is named. @throws Error where none comes to be */
export async function untilRunning(rig: Rig, plan: readonly Planned[], workerId?: string): Promise<string> {
  const names = plan.map(({ name }) => name)
  let found: string | undefined
  await until('a run is running', async () => {
    const { rows } = await rig.jobs.query<{ id: string }>(RUNNING, [names, workerId ?? null])
    found = rows[0]?.id
    return found !== undefined
  })
  return found ?? ''
}
