// What NVML tells of a machine's GPUs, in the worker's words. Pure. MIG instances are listed in place of their GPU:
// what concerns the GPU concerns each of them.
import { NO_METRICS, type ThrottleReason } from '@constellation/platform/events/telemetry.ts'
import type { GpuDescription, GpuEvent, GpuHealth, GpuProcess, GpuSample, MachineDescription } from 'node-nvml/monitor'
import type { GpuHealthReading, GpuHint, GpuInfo, GpuProcessReading, GpuReading, RecoveryAction } from './provider.ts'

const BYTES_PER_MB = 2 ** 20

/** A GPU or a MIG instance that the worker offers. */
export interface Listed {
  info: GpuInfo
  /** The UUID of the card that it is, or is a part of. */
  card: string
}

/** Leaves out what does not tell how much memory it has, as no job could be matched to it, and cards in MIG mode. */
export function listedOf({ gpus, driverVersion, cudaVersion }: MachineDescription): Listed[] {
  const indexes = new Map(gpus.filter(({ mig }) => mig === null).map(({ uuid, index }) => [uuid, index]))
  return gpus.flatMap((gpu) => {
    if (gpu.totalMemoryBytes === null || gpu.migEnabled === true) return []
    const card = gpu.mig?.parentUuid ?? gpu.uuid
    const info = infoOf(gpu, gpu.totalMemoryBytes, indexes.get(card) ?? gpu.index)
    return [{ card, info: { ...info, driverVersion, cudaVersion } }]
  })
}

function infoOf(gpu: GpuDescription, totalMemoryBytes: number, index: number) {
  const { uuid, name, computeCapability, pciBusId, mig, nvlinkPeers } = gpu
  return {
    uuid,
    name,
    index,
    totalMemoryMb: Math.floor(totalMemoryBytes / BYTES_PER_MB),
    computeCapability: computeCapability && `${computeCapability.major}.${computeCapability.minor}`,
    pciBusId,
    mig: mig && {
      parentUuid: mig.parentUuid,
      gpuInstance: mig.gpuInstanceId,
      computeInstance: mig.computeInstanceId,
    },
    nvlinkPeers: nvlinkPeers.map(({ uuid, links }) => ({ uuid, links })),
    simulated: false,
  }
}

/** Of an instance, NVML tells its memory; its heat and its clocks are those of the card. */
export function readingsOf(listed: readonly Listed[], samples: readonly GpuSample[]): GpuReading[] {
  const byUuid = new Map(samples.map((sample) => [sample.uuid, sample]))
  return listed.map(({ info: { uuid, mig }, card }) => {
    const own = byUuid.get(uuid)
    const cards = mig && byUuid.get(card)
    return { uuid, ...(cards ? ofCard(metricsOf(cards)) : NO_METRICS), ...known(own && metricsOf(own)) }
  })
}

type Metrics = Omit<GpuReading, 'uuid'>

function metricsOf(sample: GpuSample): Metrics {
  return {
    utilisationPercent: sample.gpuUtilisationPercent,
    memoryUtilisationPercent: sample.memoryUtilisationPercent,
    memoryUsedMb: scale(sample.memoryUsedBytes, BYTES_PER_MB),
    powerWatts: scale(sample.powerMilliwatts, 1_000),
    powerLimitWatts: scale(sample.powerLimitMilliwatts, 1_000),
    temperatureC: sample.temperatureC,
    memoryTemperatureC: sample.memoryTemperatureC,
    smClockMhz: sample.smClockMhz,
    memoryClockMhz: sample.memoryClockMhz,
    fanPercent: sample.fanPercent,
    energyJoules: scale(sample.energyMillijoules, 1_000),
    throttleReasons: (sample.throttleReasons ?? []).flatMap((reason) => THROTTLE_REASONS[reason] ?? []),
  }
}

/** What does not add up to more than there is when each instance of a card tells it. */
function ofCard({
  temperatureC,
  memoryTemperatureC,
  smClockMhz,
  memoryClockMhz,
  fanPercent,
  throttleReasons,
}: Metrics) {
  return { ...NO_METRICS, temperatureC, memoryTemperatureC, smClockMhz, memoryClockMhz, fanPercent, throttleReasons }
}

function known(metrics: Metrics | undefined): Partial<Metrics> {
  if (!metrics) return {}
  const { throttleReasons, ...numbers } = metrics
  return {
    ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== null)),
    ...(throttleReasons.length > 0 ? { throttleReasons } : {}),
  }
}

/** Idleness and clocks that someone has set hold nothing back. */
const THROTTLE_REASONS: Partial<Record<NonNullable<GpuSample['throttleReasons']>[number], ThrottleReason>> = {
  swPowerCap: 'POWER_CAP',
  swThermalSlowdown: 'SW_THERMAL',
  hwThermalSlowdown: 'HW_THERMAL',
  hwPowerBrakeSlowdown: 'POWER_BRAKE',
  hwSlowdown: 'HW_SLOWDOWN',
  syncBoost: 'SYNC_BOOST',
}

/** A card that wants to be reset before it answers is as good as lost, and says what it wants. */
export function healthOf(
  listed: readonly Listed[],
  cards: readonly GpuHealth[],
  /** The UUIDs of cards. */
  reset: ReadonlySet<string>,
): GpuHealthReading[] {
  const byUuid = new Map(cards.map((card) => [card.uuid, card]))
  return listed.flatMap(({ info: { uuid }, card }) => {
    const health = byUuid.get(card)
    if (!health) return []
    const { lost, temperatureC, slowdownTemperatureC, shutdownTemperatureC, doubleBitEccErrors } = health
    return {
      uuid,
      lost,
      wasReset: reset.has(card),
      temperatureC,
      slowdownTemperatureC,
      shutdownTemperatureC,
      doubleBitEccErrors,
      remapPending: either(health.remapPending, health.retiredPagesPending),
      remapFailed: health.remapFailure,
      recoveryAction: health.resetRequired ? 'RESET' : RECOVERY_ACTIONS[health.recoveryAction ?? 'unknown'],
    }
  })
}

const RECOVERY_ACTIONS: Record<NonNullable<GpuHealth['recoveryAction']>, RecoveryAction | null> = {
  none: 'NONE',
  reset: 'RESET',
  reboot: 'REBOOT',
  drainP2p: 'DRAIN_P2P',
  drainAndReset: 'DRAIN_AND_RESET',
  unknown: null,
}

function either(one: boolean | null, other: boolean | null): boolean | null {
  return one === null && other === null ? null : one === true || other === true
}

/** A process of a card in MIG mode that is on no instance that NVML names is nobody's. */
export function processesOf(listed: readonly Listed[], processes: readonly GpuProcess[]): GpuProcessReading[] {
  const known = new Set(listed.map(({ info }) => info.uuid))
  const seen = new Set<string>()
  return processes.flatMap(({ uuid, pid, kind, name, memoryUsedBytes }) => {
    // One that computes and draws is told twice, that it computes first.
    const key = `${uuid} ${pid}`
    if (!known.has(uuid) || seen.has(key)) return []
    seen.add(key)
    const process = { uuid, pid, name, memoryMb: scale(memoryUsedBytes, BYTES_PER_MB) }
    return kind === 'graphics' ? { ...process, drawsOnly: true } : process
  })
}

/** An XID of a card is one of each of its instances, unless the driver says of which. */
export function hintsOf(listed: readonly Listed[], event: GpuEvent): GpuHint[] {
  const { uuid, type, xid, at, gpuInstanceId, computeInstanceId } = event
  if (type !== 'xid' || xid === null) return [{ type: 'look' }]
  return listed
    .filter(({ card, info: { mig } }) => {
      const concerns = (told: number | null, own: number | undefined) => told === null || !mig || told === own
      return (
        card === uuid && concerns(gpuInstanceId, mig?.gpuInstance) && concerns(computeInstanceId, mig?.computeInstance)
      )
    })
    .map(({ info }) => ({ type: 'xid', uuid: info.uuid, code: xid, at }))
}

function scale(value: number | null, by: number): number | null {
  return value === null ? null : value / by
}
