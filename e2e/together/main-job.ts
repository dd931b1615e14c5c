import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { journal, journalFile, serverSentEvents, settled, submit, type World, watchJob } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

/** Says half of them, and the rest once the file is there. */
const tenLines = (gate: string) => ({
  command: ['sh', '-c', 'seq -f "line %g" 5; until [ -e "$0" ]; do sleep 0.02; done; seq -f "line %g" 6 10', gate],
  gpus: 1,
})

async function gpuSeconds(): Promise<number> {
  const answer = await world.rest('/usage/accounts/default')
  return (await answer.json()).gpu_seconds
}

test('a job submitted by REST is watched line by line and live across all services, and counted to the millisecond', async () => {
  const before = await gpuSeconds()
  const gate = journalFile(world, 'main-job')
  const { id } = await submit(world, tenLines(gate))
  const watching = watchJob(world, id, settled)
  let text = ''
  let end: unknown
  for await (const { event, data } of serverSentEvents(await world.rest(`/jobs/${id}/logs`))) {
    if (event === 'log') text += data.text
    if (event === 'end') end = data
    // It goes on only if what it has said comes while it waits.
    if (text.endsWith('line 5\n')) await writeFile(gate, '')
  }
  expect(text).toBe(Array.from({ length: 10 }, (_, i) => `line ${i + 1}\n`).join(''))
  expect(end).toEqual({ state: 'completed', exit_code: 0 })

  const seen = await watching
  // It may run before we have subscribed.
  const states = seen.map((job) => job.state).filter((state) => state !== 'QUEUED')
  expect([...new Set(states)]).toEqual(['RUNNING', 'COMPLETED'])
  expect(seen.find((job) => job.state === 'RUNNING')?.runs[0]?.gpus).toMatchObject([
    { simulated: true, name: expect.stringMatching(/simulated/i) },
  ])

  const job = await (await world.rest(`/jobs/${id}`)).json()
  const [run] = job.runs
  const held = (Date.parse(run.finished_at) - Date.parse(run.started_at)) / 1000
  expect(job).toMatchObject({ state: 'completed', gpu_seconds: held })
  expect(seen.at(-1)).toMatchObject({ usage: { gpuSeconds: held, provisional: false } })
  expect((await gpuSeconds()) - before).toBeCloseTo(held, 6)
})

test('the same by GraphQL, with the GPUs bound by their UUIDs and no credential in the environment', async () => {
  const { data } = await world.graphql(
    `mutation { submitJob(input: {command: ["env"], env: {GREETING: "hello"}, gpus: {count: 2, model: "A100"}}) { job { id } problems { path message } } }`,
  )
  expect(data).toMatchObject({ submitJob: { problems: [] } })
  const { submitJob } = data as { submitJob: { job: { id: string } } }
  await watchJob(world, submitJob.job.id, settled)
  const shown = await world.graphql(
    `query ($id: ID!) { job(id: $id) { runs { exitCode gpus { uuid worker { id } } log { ended chunks { text } } } } }`,
    { id: submitJob.job.id },
  )
  const { job } = shown.data as { job: { runs: { gpus: { uuid: string }[]; log: { chunks: { text: string }[] } }[] } }
  const [run] = job.runs
  const environment = new Map(
    run?.log.chunks
      .map((chunk) => chunk.text)
      .join('')
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
  )
  expect(environment.get('CUDA_VISIBLE_DEVICES')).toBe(run?.gpus.map((gpu) => gpu.uuid).join(','))
  expect(environment.get('GREETING')).toBe('hello')
  expect([...environment.keys()].filter((name) => /TOKEN|SECRET|NATS|DATABASE|PASSWORD/i.test(name))).toEqual([])
})

test('a failing command is tried again as often as it may be, and then has failed with its exit code', async () => {
  const { id } = await submit(world, { command: ['sh', '-c', 'exit 3'], max_retries: 1 })
  const last = (await watchJob(world, id, settled)).at(-1)
  expect(last).toMatchObject({
    state: 'FAILED',
    runs: [
      { attempt: 1, state: 'FAILED', exitCode: 3 },
      { attempt: 2, state: 'FAILED', exitCode: 3 },
    ],
  })
})

test.runIf(process.getuid?.() === 0)('a job of a stack of root can read no secret of the stack', async () => {
  const secrets = ['admin.token', 'worker.token', 'secrets.json', 'issuer', 'postgres', 'nats', 'worker/runs', 'logs']
  const command = secrets.map((name) => {
    const file = path.join(world.stack.home, name)
    return `[ -r ${file} ] && echo "reads ${name}"; [ -d ${file} ] && ls ${file} >/dev/null 2>&1 && echo "lists ${name}"`
  })
  const { id } = await submit(world, { command: [`${command.join('; ')}; id -u; true`], shell: true })
  expect((await watchJob(world, id, settled)).at(-1)).toMatchObject({ state: 'COMPLETED' })
  const answer = await world.rest(`/jobs/${id}/logs`)
  const text = await answer.text()
  expect(text).not.toMatch(/reads|lists/)
  expect(text).toMatch(/2000\d{6}/)
})

test('a running job that is cancelled ends at once, with nothing of it left', async () => {
  const { id } = await submit(world, { command: ['sleep', '600'], gpus: 1 })
  await watchJob(world, id, (job) => job.state === 'RUNNING')
  expect((await world.rest(`/jobs/${id}`, { method: 'DELETE' })).status).toBe(202)
  expect((await watchJob(world, id, settled)).at(-1)).toMatchObject({ state: 'CANCELLED' })
})

test('a job outlives a kill -9 of its worker, and runs once', async () => {
  const file = journalFile(world, 'killed')
  const { id } = await submit(world, {
    command: ['sh', '-c', `echo start >> ${file}; sleep 2; echo end >> ${file}; echo done`],
    gpus: 1,
  })
  await watchJob(world, id, (job) => job.state === 'RUNNING')
  const restarted = world.restarted('worker')
  process.kill(world.stack.processes().worker ?? 0, 'SIGKILL')
  await restarted
  expect((await watchJob(world, id, settled)).at(-1)).toMatchObject({
    state: 'COMPLETED',
    runs: [{ attempt: 1, exitCode: 0 }],
  })
  expect(await journal(world, 'killed')).toEqual(['start', 'end'])
})

test('a stop in the middle of a run and a new start let the job end well, once', async () => {
  const file = journalFile(world, 'stopped')
  const { id } = await submit(world, {
    command: ['sh', '-c', `echo start >> ${file}; sleep 2; echo end >> ${file}`],
    gpus: 1,
  })
  await watchJob(world, id, (job) => job.state === 'RUNNING')
  await world.restart()
  const last = (await watchJob(world, id, settled)).at(-1)
  expect(last).toMatchObject({ state: 'COMPLETED' })
  expect(last?.runs.map((run) => run.state)).toEqual(['LOST', 'COMPLETED'])
  expect(await journal(world, 'stopped')).toEqual(['start', 'start', 'end'])
}, 90_000)
