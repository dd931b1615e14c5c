// A job that prints very much, and what is known of its log.
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Scene } from '../fault.ts'
import { until } from '../until.ts'

const LINE = 'all work and no play makes a dull log\n'
const END_LIMIT_MS = 600_000

/**
 * Runs a job that prints so many bytes, and holds what is stored of it against that. `began` is told the run when it
 * is running.
 */
export async function flood(scene: Scene, bytes: number, began: (runId: string) => Promise<void>): Promise<void> {
  const { rig, plan } = scene
  const name = `${plan[0]?.name}-flood`
  const command = ['/bin/sh', '-c', `yes '${LINE.trimEnd()}' | head -c ${bytes}`]
  const answer = await rig.rest('/jobs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, params: { command } }),
  })
  const { id } = v.parse(v.object({ id: v.string() }), await answer.json())
  await until('the flood has begun', async () => (await lastRun(scene, id)) !== undefined)
  const first = await lastRun(scene, id)
  if (first) await began(first)
  await until('the flood is over', () => isOver(scene, id), END_LIMIT_MS)
  // A run that was lost, as when the machine is too busy to renew a lease in time, was followed by another.
  const last = await lastRun(scene, id)
  if (last === undefined) throw new Error('The flood has no run.')
  if (last !== first) scene.note('the flood was lost and ran again')
  await until('the flood is stored', () => hasAll(scene, last), END_LIMIT_MS)
  await compare(scene, last, bytes)
}

async function lastRun({ rig }: Scene, jobId: string): Promise<string | undefined> {
  const { rows } = await rig.jobs.query<{ id: string }>(
    'SELECT id FROM runs WHERE job_id = $1 ORDER BY attempt DESC LIMIT 1',
    [jobId],
  )
  return rows[0]?.id
}

async function isOver({ rig }: Scene, jobId: string): Promise<boolean> {
  const { rows } = await rig.jobs.query<{ state: string }>('SELECT state FROM jobs WHERE id = $1', [jobId])
  return rows[0]?.state === 'completed' || rows[0]?.state === 'failed'
}

async function hasAll({ rig }: Scene, runId: string): Promise<boolean> {
  const { rows } = await rig.jobs.query<{ whole: boolean }>(
    `SELECT (SELECT count(*) FROM log_chunks WHERE run_id = $1) = log_chunks AS whole FROM runs WHERE id = $1`,
    [runId],
  )
  return rows[0]?.whole === true
}

/** Read chunk by chunk, so that this process does not need the memory that the services must not. */
async function compare(scene: Scene, runId: string, bytes: number): Promise<void> {
  const stored = createHash('sha256')
  let length = 0
  for (let after = -1; ; ) {
    const { rows } = await scene.rig.jobs.query<{ seq: number; stream: string; text: string }>(
      'SELECT seq, stream, text FROM log_chunks WHERE run_id = $1 AND seq > $2 ORDER BY seq LIMIT 64',
      [runId, after],
    )
    for (const { stream, text } of rows) {
      if (stream !== 'stdout') continue
      stored.update(text)
      length += Buffer.byteLength(text)
    }
    const last = rows.at(-1)
    if (!last) break
    after = last.seq
  }
  const wanted = wantedDigest(bytes)
  const is = stored.digest('hex')
  if (is === wanted) return
  scene.found({ invariant: 'I7', what: `the log of run ${runId} has ${length} bytes, ${is}, of ${bytes}, ${wanted}` })
}

function wantedDigest(bytes: number): string {
  const hash = createHash('sha256')
  const piece = LINE.repeat(10_000)
  let left = bytes
  for (; left > piece.length; left -= piece.length) hash.update(piece)
  return hash.update(piece.slice(0, left)).digest('hex')
}
