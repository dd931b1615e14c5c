import { beforeAll, expect, test } from 'vitest'
import { serverSentEvents, settled, submit, type World, watchJob } from '../testing.ts'
import { theStack } from './the-stack.ts'

const LOG_LIMIT_BYTES = 2 ** 20

let world: World
beforeAll(async () => {
  world = await theStack()
})

/** The pieces of a log by REST, to the end of the answer. */
async function pieces(path: string): Promise<{ text: string; seq: number; firstLine: number }[]> {
  const found: { text: string; seq: number; firstLine: number }[] = []
  for await (const { event, data } of serverSentEvents(await world.rest(path))) {
    if (event === 'log') {
      found.push({ text: String(data.text), seq: Number(data.seq), firstLine: Number(data.first_line) })
    }
  }
  return found
}

async function plainText(path: string): Promise<string> {
  return (await world.rest(path, { headers: { accept: 'text/plain' } })).text()
}

async function textByGraph(id: string, fromLine: number): Promise<string> {
  const query = `query ($id: ID!, $fromLine: Int) {
    job(id: $id) { runs { log(fromLine: $fromLine, first: 500) { ended expired chunks { text } } } }
  }`
  const { data } = await world.graphql(query, { id, fromLine })
  const { job } = data as { job: { runs: { log: { chunks: { text: string }[] } }[] } }
  return job.runs.flatMap(({ log }) => log.chunks.map(({ text }) => text)).join('')
}

test('progress bars, colours and characters that were written in halves arrive as they were meant', async () => {
  // Each pause is longer than output waits for more.
  const script = [
    `for i in 1 2 3; do printf '\\r %s0%%' $i; sleep 0.3; done; echo`,
    `printf 'gr\\303'; sleep 0.4; printf '\\274n \\360\\237'; sleep 0.4; printf '\\230\\200\\n'`,
    `printf '\\033[3'; sleep 0.4; printf '2mgreen\\033[0m\\n'`,
    `printf 'no newline at the end'`,
  ].join('\n')
  const meant = '\r 10%\r 20%\r 30%\ngrün 😀\n\x1b[32mgreen\x1b[0m\nno newline at the end'
  const { id } = await submit(world, { command: ['sh', '-c', script] })
  const followed = await pieces(`/jobs/${id}/logs`)
  expect(followed.map(({ text }) => text).join('')).toBe(meant)
  expect(followed.length).toBeGreaterThan(4)
  expect(await plainText(`/jobs/${id}/logs?attempt=1`)).toBe(meant)
  expect(await textByGraph(id, 0)).toBe(meant)
  // The piece that holds the beginning of the last line, and what follows.
  expect(await textByGraph(id, 3)).toMatch(/no newline at the end$/)
  expect(await textByGraph(id, 3)).not.toContain('grün')
})

test('a log is whole and in order through the death of its worker, and is read from any line', async () => {
  const lines = 3_000
  const script = `i=0; while [ $i -lt ${lines} ]; do echo "line $i"; i=$((i+1)); [ $((i % 100)) -eq 0 ] && sleep 0.1; done`
  const { id } = await submit(world, { command: ['sh', '-c', script], gpus: 1 })
  const whole = Array.from({ length: lines }, (_, i) => `line ${i}\n`).join('')
  const following = pieces(`/jobs/${id}/logs`)
  const late = pieces(`/jobs/${id}/logs?from_line=2500`)
  for await (const { event } of serverSentEvents(await world.rest(`/jobs/${id}/logs`))) if (event === 'log') break
  const restarted = world.restarted('worker')
  process.kill(world.stack.processes().worker ?? 0, 'SIGKILL')
  await restarted
  expect((await watchJob(world, id, settled)).at(-1)).toMatchObject({ state: 'COMPLETED', runs: [{ attempt: 1 }] })

  const followed = await following
  expect(followed.map(({ text }) => text).join('')).toBe(whole)
  expect(followed.map(({ seq }) => seq)).toEqual(followed.map((_, index) => index))
  expect(await plainText(`/jobs/${id}/logs`)).toBe(whole)

  // Whoever asked for a line before it was written has waited for it.
  for (const found of [await late, await pieces(`/jobs/${id}/logs?from_line=2500`)]) {
    const [first] = found
    const text = found.map((piece) => piece.text).join('')
    expect(whole.endsWith(text)).toBe(true)
    expect(text.split('\n')[2_500 - (first?.firstLine ?? 0)]).toBe('line 2500')
    expect(followed.filter(({ seq }) => seq >= (first?.seq ?? 0))).toEqual(found)
  }
}, 60_000)

test('of a log that is too long the beginning is kept, and it says how much is missing', async () => {
  const { id } = await submit(world, { command: ['seq', '1', '300000'] })
  await watchJob(world, id, settled)
  const written = Array.from({ length: 300_000 }, (_, i) => `${i + 1}\n`).join('')
  const kept = written.slice(0, LOG_LIMIT_BYTES)
  expect(await plainText(`/jobs/${id}/logs`)).toBe(
    `${kept}${kept.endsWith('\n') ? '' : '\n'}` +
      `The log is full: it holds the first ${LOG_LIMIT_BYTES} bytes of output. What follows is not kept.\n` +
      `${written.length - LOG_LIMIT_BYTES} bytes of output were dropped.\n`,
  )
})

test('an attempt is read alone', async () => {
  const { id } = await submit(world, { command: ['sh', '-c', 'echo mine; exit 3'], max_retries: 1 })
  await watchJob(world, id, settled)
  expect(await plainText(`/jobs/${id}/logs`)).toBe('mine\nmine\n')
  expect(await plainText(`/jobs/${id}/logs?attempt=2`)).toBe('mine\n')
  expect((await world.rest(`/jobs/${id}/logs?attempt=3`)).status).toBe(404)
})
