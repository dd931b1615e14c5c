import { NvmlError } from 'node-nvml'
import type { GpuEvent, Monitor } from 'node-nvml/monitor'
import { beforeEach, expect, test } from 'vitest'
import { type Connection, connect } from './nvml-connection.ts'

const [NOT_LOADED, TIMEOUT, NO_LIBRARY] = [9, 10, 12]

let now: number
let opens: number
let closed: number
let changes: { anew: boolean }[]
/** How opening, and each request, fails; null where it does not. */
let refusal: number | null
let failure: number | null
let connection: Connection

beforeEach(() => {
  now = opens = closed = 0
  changes = []
  refusal = failure = null
  connection = connect({
    open: async () => {
      opens += 1
      if (refusal !== null) throw new NvmlError('open', refusal)
      return monitor
    },
    onEvent: (_: GpuEvent) => undefined,
    onChange: (change) => changes.push(change),
    clock: () => now,
  })
})

const answer = async () => {
  if (failure !== null) throw new NvmlError('sample', failure)
  return []
}
const monitor: Monitor = {
  describe: async () => ({ driverVersion: '1', nvmlVersion: '1', cudaVersion: null, hidden: 0, gpus: [] }),
  sample: answer,
  processes: answer,
  health: answer,
  onEvent: () => () => undefined,
  close: async () => {
    closed += 1
    return true
  },
}

const ask = () => connection.ask((asked) => asked.sample())

test('a driver that is away is looked for every five seconds, by one look for all who ask', async () => {
  refusal = NO_LIBRARY
  await Promise.all([ask(), ask()])
  now = 4_999
  expect(await ask()).toBeUndefined()
  expect(opens).toBe(1)
  expect(connection.wasFound()).toBe(false)
  refusal = null
  now = 5_000
  expect(await ask()).toEqual([])
  expect([opens, connection.wasFound(), connection.trouble()]).toEqual([2, true, null])
})

test('a driver that goes away is closed, told once, and opened again as one that was loaded anew', async () => {
  await ask()
  failure = NOT_LOADED
  await ask()
  await ask()
  expect([closed, changes]).toEqual([1, [{ anew: false }]])
  expect(connection.trouble()).toBe('The NVIDIA driver is not loaded.')
  failure = null
  now = 5_000
  expect(await ask()).toEqual([])
  expect(changes).toContainEqual({ anew: true })
  expect(connection.trouble()).toBeNull()
})

test('a library that was away and is back tells of no driver that was loaded anew', async () => {
  await ask()
  failure = 999
  await ask()
  refusal = NO_LIBRARY
  now = 5_000
  await ask()
  refusal = failure = null
  now = 10_000
  await ask()
  expect(changes.length).toBeGreaterThan(1)
  expect(changes).not.toContainEqual({ anew: true })
})

test('a driver that does not answer is kept, as a second one would fare no better', async () => {
  await ask()
  failure = TIMEOUT
  await ask()
  await ask()
  failure = null
  expect(await ask()).toEqual([])
  expect([opens, closed, changes]).toEqual([1, 0, [{ anew: false }, { anew: false }]])
})

test('one that does not even open is tried once a minute, and may keep the process from ending', async () => {
  refusal = TIMEOUT
  await ask()
  now = 59_999
  await ask()
  expect(opens).toBe(1)
  now = 60_000
  await ask()
  expect(opens).toBe(2)
  expect(await connection.close()).toBe(false)
})

test('after its close it opens nothing', async () => {
  await ask()
  expect(await connection.close()).toBe(true)
  failure = NOT_LOADED
  now = 60_000
  await ask()
  await ask()
  expect(opens).toBe(1)
})

test('what is no answer of NVML is thrown', async () => {
  await expect(
    connection.ask(async () => {
      throw new TypeError('a mistake')
    }),
  ).rejects.toThrow('a mistake')
})
