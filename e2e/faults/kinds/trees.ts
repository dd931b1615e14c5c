// A command that does all it can to leave something behind.
import * as v from 'valibot'
import type { Fault, Scene } from '../fault.ts'
import { processesOf } from '../processes.ts'
import { until } from '../until.ts'

/** Children in the same group, in a session of their own, twice forked and with an empty environment; none minds SIGTERM. */
const STORM = `
trap '' TERM
for i in 1 2 3; do sh -c "trap '' TERM; while :; do sleep $1; done" & done
setsid sh -c "trap '' TERM; while :; do sleep $1; done" &
(setsid sh -c "trap '' TERM; while :; do sleep $1; done" &)
(env -i setsid /bin/sh -c "trap '' TERM; (while :; do sleep $1; done) & while :; do sleep $1; done" &)
echo ready
while :; do sleep $1; done
`

export const forkStorm: Fault = {
  name: 'fork-storm',
  about: 'setsid, double forks, no notice of SIGTERM: after a cancel nothing of it lives, and its GPUs are free',
  shape: { jobs: 6, spanMs: 500, mostBeats: 6 },
  cutsViews: false,
  async strike(scene) {
    for (let left = scene.size === 'long' ? 10 : 2; left > 0; left--) await storm(scene)
  },
}

async function storm(scene: Scene): Promise<void> {
  const { rig, chance } = scene
  const mark = `${chance.between(100_000, 999_999)}.${process.pid}`
  const members = () => processesOf(({ command }) => command.includes(mark))
  const id = await submit(scene, ['/bin/sh', '-c', STORM, 'storm', mark], 2)
  await until('the storm blows', () => members().length >= 12)
  await rig.rest(`/jobs/${id}`, { method: 'DELETE' })
  await until('the storm is cancelled', async () => (await stateOf(scene, id)) === 'cancelled')
  const left = members()
  if (left.length > 0) {
    scene.found({
      invariant: 'I4',
      what: `${left.length} processes of the cancelled job ${id} live on: ${left.join(', ')}`,
    })
    for (const pid of left) process.kill(pid, 'SIGKILL')
  }
  const next = await submit(scene, ['true'], 2)
  await until('the GPUs are used again', async () => (await stateOf(scene, next)) === 'completed')
}

async function submit({ rig, plan }: Scene, command: readonly string[], gpus: number): Promise<string> {
  const answer = await rig.rest('/jobs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: `${plan[0]?.name}-storm`, params: { command, gpus } }),
  })
  return v.parse(v.object({ id: v.string() }), await answer.json()).id
}

async function stateOf({ rig }: Scene, jobId: string): Promise<string | undefined> {
  return (await rig.jobs.query('SELECT state FROM jobs WHERE id = $1', [jobId])).rows[0]?.state
}
