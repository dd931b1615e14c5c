import { query } from '@constellation/platform/database/database.ts'
import { gpuEvent } from '@constellation/platform/events/gpu-event.ts'
import { workerEvent } from '@constellation/platform/events/worker-event.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { registerWorker } from '../registration/register.ts'
import {
  admin,
  alice,
  analyst,
  type Bench,
  card,
  eventsOf,
  gpuNow,
  historyOf,
  host,
  openBench,
  operator,
  registered,
  report,
  workerOf,
} from '../testing.ts'
import { cordonGpu, cordonWorker, returnGpu, returnWorker } from './cordon.ts'
import { cordonOf } from './cordon-fields.ts'
import { labelGpu } from './label.ts'

let bench: Bench
let gpu: string
let workers = 0
let worker: string
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(async () => {
  workers += 1
  worker = `w${workers}`
  const [id] = await registered(bench, worker)
  gpu = id ?? ''
})
afterAll(() => bench.close())

/** What was published last about something: its type and what it carries. */
async function lastMessage(subject: string) {
  const [row] = await query<{ id: string; type: string; payload: object; ts: Date }>(
    bench.database.pool,
    null,
    'SELECT id, type, payload, ts FROM events WHERE subject = $1 ORDER BY id DESC LIMIT 1',
    [subject],
  )
  return row && { id: `gpus-${row.id}`, type: row.type, ts: row.ts.toISOString(), ...row.payload }
}

describe('an operator', () => {
  test('may say half a character, which is told as one that is missing', async () => {
    expect(cordonOf(await cordonGpu(bench.as(operator), gpu, 'cordon', 'a\ud83d'))).toMatchObject({ reason: 'a\uFFFD' })
    expect(await lastMessage(`events.gpus.${gpu}`)).toMatchObject({ reason: 'It was cordoned by otto: a\uFFFD' })
    await returnGpu(bench.as(operator), gpu)
  })

  test('cordons a GPU, says why, and takes it back into service', async () => {
    const cordoned = await cordonGpu(bench.as(operator), gpu, 'cordon', '  Its fan is loud.  ')
    expect(cordonOf(cordoned)).toEqual({
      mode: 'CORDON',
      reason: 'Its fan is loud.',
      by: 'otto',
      at: expect.stringMatching(/Z$/),
    })
    expect(v.parse(gpuEvent, await lastMessage(`events.gpus.${gpu}`))).toMatchObject({
      type: 'gpu.cordoned',
      reason: 'It was cordoned by otto: Its fan is loud.',
      gpu: { present: true, inService: false, whyNot: 'It is cordoned: Its fan is loud.' },
    })
    expect(cordonOf(await returnGpu(bench.as(admin), gpu))).toBeNull()
    expect(v.parse(gpuEvent, await lastMessage(`events.gpus.${gpu}`))).toMatchObject({
      type: 'gpu.returned',
      reason: 'It was returned to service by ada.',
      gpu: { inService: true, whyNot: null },
    })
  })

  test('changes nothing by saying the same twice, and what is said anew by another word', async () => {
    const first = await cordonGpu(bench.as(operator), gpu, 'cordon', 'a')
    expect(cordonOf(await cordonGpu(bench.as(admin), gpu, 'cordon', 'a'))).toEqual(cordonOf(first))
    expect(cordonOf(await cordonGpu(bench.as(admin), gpu, 'cordon', 'b'))).toMatchObject({ reason: 'b', by: 'ada' })
    expect(cordonOf(await cordonGpu(bench.as(admin), gpu, 'drain', 'b'))).toMatchObject({ mode: 'DRAIN' })
    await returnGpu(bench.as(operator), gpu)
    await returnGpu(bench.as(operator), gpu)
    expect((await historyOf(bench, gpu)).map(([type]) => type)).toEqual([
      'gpu.cordoned',
      'gpu.cordoned',
      'gpu.draining',
      'gpu.returned',
    ])
  })

  test('is not overruled by health, which comes and goes beside the cordon', async () => {
    await cordonGpu(bench.as(operator), gpu, 'cordon', 'a')
    await report(bench, worker, gpu, { remapPending: true })
    await report(bench, worker, gpu)
    expect(await gpuNow(bench, gpu)).toMatchObject({ health: 'healthy', cordon: 'cordon' })
    expect(await lastMessage(`events.gpus.${gpu}`)).toMatchObject({
      type: 'gpu.recovered',
      gpu: { inService: false, whyNot: 'It is cordoned: a' },
    })
  })

  test('keeps the word on a GPU that is registered again, or on another worker', async () => {
    const { uuid } = await gpuNow(bench, gpu)
    await cordonGpu(bench.as(operator), gpu, 'cordon', 'a')
    await registerWorker(bench.as(workerOf(worker)), host([]))
    await registerWorker(bench.as(workerOf(`${worker}-new`)), host([card(uuid)]))
    expect(await gpuNow(bench, gpu)).toMatchObject({ workerId: `${worker}-new`, cordon: 'cordon', cordonReason: 'a' })
  })

  test('labels a GPU in place of what was said before', async () => {
    expect(await labelGpu(bench.as(operator), gpu, { rack: 'a1', slot: '' })).toMatchObject({
      labels: { rack: 'a1', slot: '' },
    })
    expect(await labelGpu(bench.as(operator), gpu, { slot: '', rack: 'a1' })).toMatchObject({ labels: { rack: 'a1' } })
    expect(await labelGpu(bench.as(operator), gpu, {})).toMatchObject({ labels: {} })
    expect(await historyOf(bench, gpu)).toEqual([
      ['gpu.labelled', 'It was labelled by otto.'],
      ['gpu.labelled', 'It was labelled by otto.'],
    ])
  })
})

describe('the cordon of a worker', () => {
  test('is told of the worker and of each of its GPUs, whose own service it leaves alone', async () => {
    const [a = '', b = ''] = await registered(bench, worker, 2)
    const before = (await eventsOf(bench, a)).at(-1)?.id
    expect(cordonOf(await cordonWorker(bench.as(operator), worker, 'drain', 'New disks.'))).toMatchObject({
      mode: 'DRAIN',
    })
    expect(v.parse(workerEvent, await lastMessage(`events.workers.${worker}`))).toMatchObject({
      type: 'worker.draining',
      reason: 'It was set to drain by otto: New disks.',
      worker: { id: worker, inService: false, whyNot: 'It is draining: New disks.', executors: ['process'] },
    })
    for (const id of [a, b]) {
      expect(v.parse(gpuEvent, await lastMessage(`events.gpus.${id}`))).toMatchObject({
        type: 'gpu.draining',
        reason: 'Its worker was set to drain by otto: New disks.',
        gpu: { inService: true },
      })
    }
    await cordonWorker(bench.as(operator), worker, 'drain', 'New disks.')
    expect(cordonOf(await returnWorker(bench.as(operator), worker))).toBeNull()
    await returnWorker(bench.as(operator), worker)
    expect(await lastMessage(`events.workers.${worker}`)).toMatchObject({
      type: 'worker.returned',
      worker: { inService: true, whyNot: null },
    })
    expect((await eventsOf(bench, a, before)).map(({ type }) => type)).toEqual(['gpu.draining', 'gpu.returned'])
  })

  test('leaves those of its GPUs as they are', async () => {
    await cordonGpu(bench.as(operator), gpu, 'cordon', 'a')
    await cordonWorker(bench.as(operator), worker, 'cordon', 'b')
    await returnWorker(bench.as(operator), worker)
    expect(await gpuNow(bench, gpu)).toMatchObject({ cordon: 'cordon', cordonReason: 'a' })
  })

  test('is told by a registration too', async () => {
    await cordonWorker(bench.as(operator), worker, 'cordon', 'a')
    await registerWorker(bench.as(workerOf(worker)), { ...host([]), labels: { zone: 'b' } })
    expect(await lastMessage(`events.workers.${worker}`)).toMatchObject({
      type: 'worker.registered',
      worker: { labels: { zone: 'b' }, inService: false, whyNot: 'It is cordoned: a' },
    })
  })
})

const WORDS: [string, (who: Principal, id: string) => Promise<unknown>][] = [
  ['cordons a GPU', (who, id) => cordonGpu(bench.as(who), id, 'cordon', 'a')],
  ['returns a GPU', (who, id) => returnGpu(bench.as(who), id)],
  ['labels a GPU', (who, id) => labelGpu(bench.as(who), id, {})],
  ['cordons a worker', (who, id) => cordonWorker(bench.as(who), id, 'cordon', 'a')],
  ['returns a worker', (who, id) => returnWorker(bench.as(who), id)],
]

describe.each(WORDS)('who %s', (what, say) => {
  const known = () => (what.endsWith('GPU') ? gpu : worker)

  test('is an operator or an administrator', async () => {
    for (const who of [alice, analyst, workerOf(worker), { ...alice, role: 'account-manager' } as const]) {
      await expect(say(who, known())).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    for (const who of [operator, admin]) await say(who, known())
  })

  test('hears when there is no such thing', async () => {
    const thing = what.endsWith('GPU') ? 'GPU' : 'worker'
    for (const id of ['0199a1b2-0000-7000-8000-000000000001', 'nonsense', 'a\0b', '']) {
      await expect(say(operator, id)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: `There is no ${thing} ${id}.`,
      })
    }
  })
})

test.each([
  ['no reason', ''],
  ['an empty reason', '   '],
  ['a reason that is too long', 'x'.repeat(501)],
  ['a reason with a NUL', 'a\0b'],
])('%s is refused with the path of the field', async (_, reason) => {
  const problems = [{ path: 'reason' }]
  await expect(cordonGpu(bench.as(operator), gpu, 'cordon', reason)).rejects.toMatchObject({ problems })
  await expect(cordonWorker(bench.as(operator), worker, 'drain', reason)).rejects.toMatchObject({ problems })
})

test('a label that is none is refused with the path of the field', async () => {
  await expect(labelGpu(bench.as(operator), gpu, { rack: 'a'.repeat(201) })).rejects.toMatchObject({
    problems: [{ path: 'labels.rack' }],
  })
})
