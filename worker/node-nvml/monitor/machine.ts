// The GPUs that a thread knows, with their handles: looked for anew with each survey, found again after a loss.
import type { NvmlDevice } from '../device.ts'
import { isDriverGone, NvmlError } from '../errors.ts'
import type { GpuDescription, GpuSample, MachineDescription } from '../monitor.ts'
import type { Nvml } from '../nvml.ts'
import { createSampler, type Reading, type Sampler } from '../sampler.ts'
import { describeGpu, withPeers } from './describe.ts'

/** A GPU or a MIG instance. Without a device it is lost. */
export interface Known {
  description: GpuDescription
  device: NvmlDevice | null
}

export interface Machine {
  survey(): MachineDescription
  sample(): GpuSample[]
  /** Those of the last survey. */
  known(): readonly Known[]
}

/** Samples after which a lost GPU is looked for again. */
const LOOK_AGAIN_AFTER = 10

/** `onChange` is called when there are other GPUs, or other handles of them, than before. */
export function watchMachine(nvml: Nvml, onChange: () => void): Machine {
  let known: readonly Known[] = []
  let sampled: { sampler: Sampler; uuids: readonly string[] } | undefined
  let samples = 0

  const become = (next: readonly Known[]) => {
    const changed = handlesOf(next) !== handlesOf(known)
    known = next
    if (!changed) return
    sampled = undefined
    onChange()
  }
  const sampler = () => {
    sampled ??= samplerOf(known)
    return sampled
  }
  return {
    known: () => known,
    survey: () => {
      const { found, hidden } = lookForGpus(nvml, known)
      become(found)
      return {
        driverVersion: nvml.driverVersion(),
        nvmlVersion: nvml.nvmlVersion(),
        cudaVersion: nvml.cudaVersion(),
        hidden,
        gpus: found.map(({ description }) => description),
      }
    },
    sample: () => {
      const readings = readAll(known, sampler())
      samples++
      const lost = readings.filter((reading) => reading.lost).map(({ uuid }) => uuid)
      if (lost.length === 0 || samples % LOOK_AGAIN_AFTER !== 0) return readings
      become(known.map((each) => (lost.includes(each.description.uuid) ? findAgain(nvml, each) : each)))
      return readings
    },
  }
}

function handlesOf(known: readonly Known[]): string {
  return known.map(({ description, device }) => `${description.uuid} ${device?.handle}`).join()
}

function lookForGpus(nvml: Nvml, before: readonly Known[]): { found: readonly Known[]; hidden: number } {
  const found: Known[] = []
  let hidden = 0
  const count = nvml.deviceCount()
  for (let index = 0; index < count; index++) {
    const there = orError(() => describeGpu(nvml.device(index), index))
    if (!(there instanceof NvmlError)) found.push(...there)
    else {
      const lost = there.code === 'NO_PERMISSION' ? [] : gpuAt(before, index)
      found.push(...lost.map(({ description }) => ({ description: { ...description, lost: true }, device: null })))
      if (lost.length === 0) hidden++
    }
  }
  return { found: withPeers(found), hidden }
}

/** The GPU and its instances. */
function gpuAt(known: readonly Known[], at: number): readonly Known[] {
  const gpu = known.find(({ description: { mig, index } }) => mig === null && index === at)?.description
  return known.filter(({ description: { uuid, mig } }) => gpu && (uuid === gpu.uuid || mig?.parentUuid === gpu.uuid))
}

/** The error of a GPU that is lost, or that this user may not open: that harms no other. */
function orError<T>(ask: () => T): T | NvmlError {
  try {
    return ask()
  } catch (error) {
    if (!(error instanceof NvmlError) || isDriverGone(error.number)) throw error
    return error
  }
}

/** Its handle of before may be lost for ever, although the GPU is back. */
function findAgain(nvml: Nvml, { description }: Known): Known {
  const there = orError(() => {
    const found = nvml.deviceByUuid(description.uuid)
    found?.name()
    return found
  })
  const device = there instanceof NvmlError ? null : there
  return { description: { ...description, lost: device === null }, device }
}

function samplerOf(known: readonly Known[]): { sampler: Sampler; uuids: readonly string[] } {
  const there = known.flatMap(({ device, description: { uuid } }) => (device ? [{ device, uuid }] : []))
  return { sampler: createSampler(there.map(({ device }) => device)), uuids: there.map(({ uuid }) => uuid) }
}

function readAll(
  known: readonly Known[],
  { sampler, uuids }: { sampler: Sampler; uuids: readonly string[] },
): GpuSample[] {
  sampler.sample()
  return known.map(({ description: { uuid } }) => {
    const place = uuids.indexOf(uuid)
    return { uuid, ...(place === -1 ? LOST : sampler.reading(place)) }
  })
}

const LOST: Reading = {
  lost: true,
  gpuUtilisationPercent: null,
  memoryUtilisationPercent: null,
  memoryUsedBytes: null,
  powerMilliwatts: null,
  powerLimitMilliwatts: null,
  temperatureC: null,
  memoryTemperatureC: null,
  smClockMhz: null,
  memoryClockMhz: null,
  energyMillijoules: null,
  throttleReasons: null,
  fanPercent: null,
  performanceState: null,
  uncorrectedEccErrors: null,
}
