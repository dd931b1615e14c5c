// One submission, sent very often.
import type { Fault, Scene } from '../fault.ts'
import type { Submit } from '../history.ts'
import { hasKeys, submitOnce } from '../submitting.ts'

export const idempotency: Fault = {
  name: 'idempotency',
  about: 'a hundred submissions at once under one key are one job; another body under it is refused',
  shape: { jobs: 3, spanMs: 200, mostBeats: 3 },
  cutsViews: false,
  missing: () => (hasKeys() ? undefined : 'schema/openapi.yaml has no header Idempotency-Key'),
  async strike(scene) {
    for (let left = scene.size === 'long' ? 10 : 1; left > 0; left--) await submitHundred(scene)
  },
}

async function submitHundred(scene: Scene): Promise<void> {
  const [first] = scene.plan
  if (!first) return
  const key = `key-${scene.chance.next()}`
  const job = {
    ...first,
    name: `${first.name}-${key}`,
    act: { ...first.act, exitCode: 0 },
    expects: ['completed'] as const,
  }
  const answers = await Promise.all(Array.from({ length: 100 }, () => submitOnce(scene.rig, job, key)))
  const ids = new Set(answers.flatMap(({ jobId }) => jobId ?? []))
  const [{ n }] = (await scene.rig.jobs.query('SELECT count(*)::integer AS n FROM jobs WHERE name = $1', [job.name]))
    .rows
  if (ids.size !== 1 || n !== 1 || !answers.every(isAcknowledged)) {
    const statuses = [...new Set(answers.map(({ status }) => status))].join(', ')
    scene.found({
      invariant: 'I1',
      what: `key ${key} was answered by ${statuses} with ${ids.size} jobs, and ${n} are stored`,
    })
  }
  const other = await submitOnce(scene.rig, { ...job, act: { ...job.act, beats: job.act.beats + 1 } }, key)
  if (other.status !== 422) {
    scene.found({ invariant: 'I1', what: `another body under key ${key} was answered by ${other.status} and not 422` })
  }
}

function isAcknowledged({ outcome }: Submit): boolean {
  return outcome === 'acknowledged'
}
