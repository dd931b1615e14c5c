// A queue of very many jobs.
import * as v from 'valibot'
import type { Fault, Scene } from '../fault.ts'
import type { Rig } from '../rig.ts'
import { until } from '../until.ts'

export const deepQueue: Fault = {
  name: 'deep-queue',
  about: 'very many jobs of less worth wait, put there at once: what is worth more is claimed before all of them',
  shape: { jobs: 10, spanMs: 2_000, mostBeats: 6 },
  cutsViews: false,
  async prepare(scene) {
    const { rig, size, plan } = scene
    const depth = size === 'long' ? 100_000 : 10_000
    const name = `${plan[0]?.name}-deep`
    const pattern = await submitPattern(scene, name)
    scene.onEnd(() => emptyQueue(rig, name))
    await rig.jobs.query(
      `WITH more AS (
         INSERT INTO jobs
         SELECT (jsonb_populate_record(p, jsonb_build_object('id', uuidv7(), 'state', 'queued', 'attempts', 0,
           'started_at', NULL, 'finished_at', NULL, 'version', 1))).*
         FROM jobs p, generate_series(1, $2) WHERE p.id = $1 RETURNING id, lane_id, priority)
       INSERT INTO queue (job_id, lane_id, place, priority)
       SELECT id, lane_id, now() - priority * interval '10 minutes', priority FROM more`,
      [pattern, depth],
    )
    await rig.jobs.query('UPDATE lanes SET active = true')
    scene.note(`${depth} jobs wait beside`)
  },
  async strike(scene) {
    const names = scene.plan.map(({ name }) => name)
    scene.onEnd(async () => {
      const { rows } = await scene.rig.jobs.query<{ median: number; most: number }>(
        `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS median, max(ms) AS most FROM (
           SELECT extract(epoch FROM min(r.claimed_at) - j.created_at) * 1000 AS ms
           FROM jobs j JOIN runs r ON r.job_id = j.id WHERE j.name = ANY ($1) GROUP BY j.id) waits`,
        [names],
      )
      scene.note(
        `from submit to claim: median ${Math.round(rows[0]?.median ?? 0)} ms, most ${Math.round(rows[0]?.most ?? 0)} ms`,
      )
    })
  },
}

/** Submits a job of low priority that any worker can run, and returns its id. */
async function submitPattern({ rig }: Scene, name: string): Promise<string> {
  const answer = await rig.rest('/jobs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, priority: -10, params: { command: ['sleep', '1'], gpus: 1 } }),
  })
  if (answer.status !== 201) throw new Error(`not accepted: ${answer.status} ${await answer.text()}`)
  return v.parse(v.object({ id: v.string() }), await answer.json()).id
}

/** Takes what still waits out of the queue, and lets what runs come to its end. */
async function emptyQueue(rig: Rig, name: string): Promise<void> {
  await rig.jobs.query(
    `WITH gone AS (DELETE FROM queue q USING jobs j WHERE j.id = q.job_id AND j.name = $1 RETURNING q.job_id)
     DELETE FROM jobs USING gone WHERE id = gone.job_id`,
    [name],
  )
  const LIVE = `SELECT count(*)::integer AS n FROM jobs WHERE name = $1 AND state IN ('queued', 'running')`
  await until('the others have ended too', async () => (await rig.jobs.query(LIVE, [name])).rows[0].n === 0)
}
