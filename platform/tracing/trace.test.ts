import { spawnSync } from 'node:child_process'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { Lifecycle } from '../lifecycle.ts'
import {
  currentWork,
  doFor,
  inSpan,
  isTraceparent,
  newTraceparent,
  noteSpan,
  openSpan,
  startTracing,
  workFields,
} from './trace.ts'

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const lifecycle = new Lifecycle(pino({ level: 'silent' }))
afterAll(() => lifecycle.stop())

test('without anybody to tell there are no spans, and no library is loaded', () => {
  const program = `
    const asked = []
    process.getBuiltinModule('module').registerHooks({
      resolve(name, context, next) {
        if (name.includes('opentelemetry')) asked.push(name)
        return next(name, context)
      },
    })
    const { inSpan, openSpan, startTracing } = await import(${JSON.stringify(import.meta.resolve('./trace.ts'))})
    await startTracing('test', {}, { onStop() {} })
    const answer = await inSpan('a', { root: true }, async () => 'done')
    const without = [answer, openSpan('b', { root: true }) ?? null, asked.length]
    await startTracing('test', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, { onStop() {} })
    console.log(JSON.stringify([without, asked.length > 0]))
    process.exit(0)`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(JSON.parse(stdout)).toEqual([['done', null, 0], true])
})

test('what is done for a request knows so, and everything below it', async () => {
  const known = await doFor({ requestId: 'r' }, async () => doFor({ user: 'ada' }, async () => workFields()))
  expect(known).toEqual({ requestId: 'r', user: 'ada' })
  expect(currentWork()).toBeUndefined()
  expect(workFields()).toEqual({})
})

test.each([
  [PARENT, true],
  [PARENT.toUpperCase(), false],
  [`${PARENT}-more`, false],
  ['00-00000000000000000000000000000000-b7ad6b7169203331-01', false],
  [undefined, false],
])('whether %s says what a span follows from: %s', (text, is) => {
  expect(isTraceparent(text)).toBe(is)
})

test('a span goes on with the trace that it follows from, and what is below it with the span', async () => {
  await startTracing('test', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, lifecycle)
  const seen = await inSpan('outer', { parent: PARENT }, async () => {
    const outer = currentWork()?.traceparent
    return [outer, await inSpan('inner', {}, async () => currentWork()?.traceparent)]
  })
  expect(seen.map((traceparent) => traceparent?.slice(3, 35))).toEqual(Array(2).fill(PARENT.slice(3, 35)))
  expect(new Set([PARENT, ...seen]).size).toBe(3)
})

test('what follows from nothing begins no trace unless it is told to', () => {
  expect(openSpan('a', {})).toBeUndefined()
  expect(openSpan('b', { root: true })?.traceparent).toMatch(/^00-/)
})

test('a span keeps the name by which others knew it before its end', () => {
  const own = newTraceparent(PARENT)
  expect(own?.slice(0, 36)).toBe(PARENT.slice(0, 36))
  expect(noteSpan('run', { parent: PARENT, as: own, from: 0, to: 1 })).toBe(own)
  expect(noteSpan('run', { parent: null, from: 0, to: 1 })).toBeUndefined()
})

test('what is not sampled stays so', async () => {
  await startTracing(
    'test',
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_SAMPLER_ARG: 0 },
    lifecycle,
  )
  expect(openSpan('a', { parent: PARENT })?.traceparent).toMatch(/-00$/)
})
