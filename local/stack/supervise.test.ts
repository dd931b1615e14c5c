import { describe, expect, it } from 'vitest'
import type { Exit, Running } from './running.ts'
import { afterDeath, type PartEvent, supervise } from './supervise.ts'

/** A part whose processes end when the test says so. */
function scriptedPart() {
  const processes: { end(exit: Exit): void }[] = []
  const faults: Error[] = []
  const start = async (): Promise<Running> => {
    const fault = faults.shift()
    if (fault) throw fault
    const { promise: exited, resolve } = Promise.withResolvers<Exit>()
    const end = (exit: Exit) => resolve(exit)
    processes.push({ end })
    const stop = async () => end({ code: 0, signal: null })
    return { pid: processes.length, exited, stop, hurry: stop, lastLines: () => ['its last line'] }
  }
  return { part: { name: 'scripted', start }, processes, faults }
}

/** Collects events; `next` waits for the first one of a kind that was not waited for yet. */
function listener() {
  const events: PartEvent[] = []
  let wake = () => {}
  return {
    events,
    tell(event: PartEvent) {
      events.push(event)
      wake()
    },
    async next(kind: PartEvent['kind']): Promise<PartEvent> {
      for (;;) {
        const index = events.findIndex((event) => event.kind === kind)
        const [event] = index < 0 ? [] : events.splice(0, index + 1).slice(-1)
        if (event) return event
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

const crash: Exit = { code: 1, signal: null }

describe('after a death', () => {
  it('waits longer each time, up to ten seconds', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((deaths) => afterDeath(deaths, true))
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000].map((waitMs) => ({ waitMs })))
  })

  it('gives up at the fifth in a row, unless the part was ready once', () => {
    expect(afterDeath(4, false)).toEqual({ waitMs: 1600 })
    expect(afterDeath(5, false)).toBe('give-up')
    expect(afterDeath(500, true)).toEqual({ waitMs: 10_000 })
  })
})

describe('supervise', () => {
  it('starts a part again when it dies, and knows its new process', async () => {
    const { part, processes } = scriptedPart()
    const heard = listener()
    const supervised = await supervise(part, heard.tell)
    expect(supervised.pid).toBe(1)
    processes[0]?.end({ code: null, signal: 'SIGKILL' })
    expect(await heard.next('ended')).toMatchObject({ why: { signal: 'SIGKILL' }, restartInMs: 200 })
    expect(supervised.pid).toBeUndefined()
    expect(await heard.next('restarted')).toMatchObject({ pid: 2 })
    expect(supervised.pid).toBe(2)
    await supervised.stop()
  })

  it('throws where the first start fails', async () => {
    const { part, faults } = scriptedPart()
    faults.push(new Error('no such program'))
    await expect(supervise(part, () => {})).rejects.toThrow('no such program')
  })

  it('counts a restart that fails as a death', async () => {
    const { part, processes, faults } = scriptedPart()
    const heard = listener()
    const supervised = await supervise(part, heard.tell)
    faults.push(new Error('not now'))
    processes[0]?.end(crash)
    await heard.next('ended')
    expect(await heard.next('ended')).toMatchObject({ why: new Error('not now'), restartInMs: 400 })
    expect(await heard.next('restarted')).toMatchObject({ pid: 2 })
    await supervised.stop()
  })

  it('does not start a part again once it was stopped', async () => {
    const { part, processes } = scriptedPart()
    const heard = listener()
    const supervised = await supervise(part, heard.tell)
    processes[0]?.end(crash)
    await heard.next('ended')
    await supervised.stop()
    expect(processes).toHaveLength(1)
    expect(heard.events).toEqual([])
  })
})
