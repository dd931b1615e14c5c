// Tests against a fake library of their own, which needs a C compiler.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildFake, canCompile, type FakeVariant } from './fake/build.ts'
import type { Fake } from './fake/steer.ts'
import { type Monitor, type MonitorOptions, openMonitor } from './monitor.ts'
import { type Nvml, type NvmlDevice, NvmlError, openNvml } from './nvml.ts'

interface Lab {
  /** All is as at first when a test begins. */
  readonly fake: Fake
  readonly nvml: Nvml
  readonly device: NvmlDevice
  /** A file in a folder that is removed in the end. */
  path(name: string): string
}

/** A suite with a library that is opened before, and must have been shut down by all after it. */
export function describeWithFake(name: string, body: (lab: Lab) => void, variant: FakeVariant = 'present'): void {
  if (!canCompile()) {
    test(name, ({ skip }) => {
      expect(process.env.CI, 'in CI there has to be a C compiler (cc)').toBeUndefined()
      skip('There is no C compiler (cc) to build the fake library with.')
    })
    return
  }
  describe(name, () => {
    let open: { fake: Fake; nvml: Nvml } | undefined
    const folder = mkdtempSync(join(tmpdir(), 'node-nvml-'))
    const lab = () => {
      if (!open) throw new Error('The library is there within tests alone.')
      return open
    }
    beforeAll(() => {
      const fake = buildFake(join(folder, 'libnvidia-ml.so.1'), variant)
      open = { fake, nvml: openNvml(fake.path) }
    })
    afterEach(() => lab().fake.reset())
    afterAll(() => {
      lab().nvml.shutdown()
      expect(lab().fake.started()).toBe(0)
      rmSync(folder, { recursive: true })
    })
    body({
      get fake() {
        return lab().fake
      },
      get nvml() {
        return lab().nvml
      },
      get device() {
        return lab().nvml.device(0)
      },
      path: (file) => join(folder, file),
    })
  })
}

/** How a monitor of the fake library is watched: it is closed in the end, and the driver sleeps no more. */
export function watcher(lab: Lab) {
  return async (body: (monitor: Monitor) => Promise<void>, options: MonitorOptions = {}) => {
    const monitor = await openMonitor({ library: lab.fake.path, ...options })
    try {
      await body(monitor)
    } finally {
      lab.fake.delay(0)
      await monitor.close()
    }
  }
}

/** Until it holds: the machine may be busy. */
export function soon(holds: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(holds, { timeout: 15_000 })
}

/** What was thrown by NVML; undefined where nothing was. */
export function caught(call: () => unknown): NvmlError | undefined {
  try {
    call()
  } catch (error) {
    if (error instanceof NvmlError) return error
    throw error
  }
  return undefined
}

/** Of the GPU of this index in the fake library. */
export function uuidOf(gpu: number): string {
  return `GPU-${String(gpu.toString(16)).repeat(8)}-2222-3333-4444-555555555555`
}
