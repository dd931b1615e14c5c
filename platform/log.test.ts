import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

/** Logs when its input ends, and exits at once. */
const PROGRAM = `
const { createLogger } = await import(${JSON.stringify(import.meta.resolve('./log.ts'))})
const log = createLogger('test', 'info')
log.info('ready')
process.stdin.resume().once('end', () => {
  for (const what of ['nobody', 'reads', 'this']) log.info(what)
  process.exit(0)
})`

test('a process whose reader is gone ends all the same', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  try {
    await once(child.stdout, 'data')
    child.stdout.destroy()
    await once(child.stdout, 'close')
    child.stdin.end()
    const [code] = await once(child, 'exit', { signal: AbortSignal.timeout(10_000) })
    expect(code).toBe(0)
  } finally {
    child.kill('SIGKILL')
  }
})

test('a line says for which request, principal and trace it was written', () => {
  const program = `
    const { createLogger } = await import(${JSON.stringify(import.meta.resolve('./log.ts'))})
    const { doFor } = await import(${JSON.stringify(import.meta.resolve('./tracing/trace.ts'))})
    const log = createLogger('test', 'info')
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    doFor({ requestId: 'r', user: 'ada', traceparent }, () => log.info({ jobId: 'j' }, 'inside'))
    log.info('outside')`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  const [inside, outside] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(inside).toMatchObject({
    msg: 'inside',
    requestId: 'r',
    user: 'ada',
    jobId: 'j',
    traceId: '0af7651916cd43dd8448eb211c80319c',
  })
  expect(outside).not.toHaveProperty('requestId')
})
