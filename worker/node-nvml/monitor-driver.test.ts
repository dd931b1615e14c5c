import { execFile } from 'node:child_process'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openMonitor } from './monitor.ts'
import { describeWithFake, soon, watcher } from './testing.ts'

const CALLS_PER_SAMPLE = 8 * 13
/** Far longer than a test. */
const FOR_EVER_US = 3_600_000_000

describeWithFake('a monitor whose driver hangs or goes away', (lab) => {
  const watch = watcher(lab)

  test('the main thread goes on turning while the driver sleeps', () =>
    watch(async (monitor) => {
      lab.fake.delay(FOR_EVER_US)
      const answer = monitor.sample()
      await turnUntil(() => lab.fake.sleeping() > 0)
      for (let turns = 0; turns < 1_000; turns++) await setImmediate()
      expect(lab.fake.sleeping()).toBeGreaterThan(0)
      lab.fake.delay(0)
      expect(await answer).toHaveLength(8)
    }))

  test('a driver that hangs is told in a sentence, and what is asked meanwhile does not pile up', () =>
    watch(
      async (monitor) => {
        const before = lab.fake.calls()
        lab.fake.delay(FOR_EVER_US)
        const sentence = { code: 'TIMEOUT', message: 'The driver has not answered for 2 s.' }
        await expect(monitor.sample()).rejects.toMatchObject(sentence)
        const meanwhile = [monitor.health(), monitor.describe(), monitor.processes(), monitor.sample()]
        for (const request of meanwhile) await expect(request).rejects.toMatchObject(sentence)
        expect(lab.fake.sleeping()).toBeGreaterThan(0)
        lab.fake.delay(0)
        await soon(async () => expect(await monitor.sample()).toHaveLength(8))
        expect(lab.fake.calls() - before, 'the sample that hung, and the last one').toBe(2 * CALLS_PER_SAMPLE)
      },
      { timeLimitMs: 2_000 },
    ))

  test('requests that are alike share an answer', () =>
    watch(async (monitor) => {
      const before = lab.fake.calls()
      const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => monitor.sample()))
      expect(first).toHaveLength(8)
      for (const other of others) expect(other).toBe(first)
      expect(lab.fake.calls() - before).toBe(CALLS_PER_SAMPLE)
    }))

  test('a driver that goes away is told by every request, and another monitor opens when it is back', async () => {
    const names = { 9: 'DRIVER_NOT_LOADED', 18: 'LIB_RM_VERSION_MISMATCH', 999: 'UNKNOWN' } as const
    for (const [number, code] of Object.entries(names)) {
      await watch(async (monitor) => {
        lab.fake.unplug(Number(number))
        const requests = [monitor.sample(), monitor.health(), monitor.describe(), monitor.processes()]
        for (const request of requests) await expect(request).rejects.toMatchObject({ code, name: 'NvmlError' })
        await expect(openMonitor({ library: lab.fake.path })).rejects.toMatchObject({ code })
        lab.fake.unplug(0)
        expect(await monitor.sample()).toHaveLength(8)
      })
    }
  })

  test('a driver that does not answer does not let it open', async () => {
    lab.fake.delay(FOR_EVER_US)
    await expect(openMonitor({ library: lab.fake.path, threadTimeLimitMs: 300 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    })
    lab.fake.delay(0)
    await soon(() => expect(lab.fake.started()).toBe(1))
  })

  test('a thread that the driver holds is told when it is closed, and ends when the driver lets go', async () => {
    const monitor = await openMonitor({ library: lab.fake.path, timeLimitMs: 300, threadTimeLimitMs: 3_000 })
    lab.fake.delay(FOR_EVER_US)
    await expect(monitor.sample()).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(await monitor.close()).toBe(false)
    lab.fake.delay(0)
    await soon(() => expect(lab.fake.started()).toBe(1))
  })

  test('when it is closed its library is shut down, and every request says so', async () => {
    const monitor = await openMonitor({ library: lab.fake.path })
    expect(lab.fake.started()).toBe(3)
    const underWay = monitor.sample()
    await Promise.all([
      monitor.close(),
      expect(underWay).rejects.toMatchObject({ code: 'UNINITIALIZED', message: 'The monitor is closed.' }),
    ])
    expect(await monitor.close()).toBe(true)
    expect(lab.fake.started(), 'the one of the suite').toBe(1)
    await expect(monitor.describe()).rejects.toMatchObject({ message: 'The monitor is closed.' })
  })
})

describeWithFake('a process with a monitor', (lab) => {
  const monitorUrl = new URL('monitor.ts', import.meta.url).href
  const run = async (body: string) => {
    const script = `import { readdirSync, readFileSync } from 'node:fs'
      import { openMonitor } from ${JSON.stringify(monitorUrl)}
      const monitor = await openMonitor({ library: ${JSON.stringify(lab.fake.path)} })
      ${body}`
    const given = ['--input-type=module', '--eval', script]
    return (await promisify(execFile)(process.execPath, given, { timeout: 20_000 })).stdout.trim()
  }

  test('ends by itself, with the monitor open', async () => {
    expect(await run('console.log((await monitor.sample()).length)')).toBe('8')
  })

  test.runIf(process.platform === 'linux')('has as many threads after it was closed as before', async () => {
    const threads = await run(`
      const count = () => readdirSync('/proc/self/task').length
      const open = count()
      await monitor.close()
      const closed = count()
      const again = await openMonitor({ library: ${JSON.stringify(lab.fake.path)} })
      console.log(open - closed, count() - closed)
      await again.close()`)
    const [ended, started] = threads.split(' ').map(Number)
    expect(ended).toBeGreaterThanOrEqual(2)
    expect(ended).toBe(started)
  })
})

async function turnUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate()
}
