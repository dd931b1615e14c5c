// A GPU, from the graph's shape to REST's.
import type {
  CordonMode,
  GpuFaultKind,
  GpuFaultSeverity,
  GpuHealth,
  GpuState,
  RestGpuFragment,
  WorkerState,
} from '../generated/documents.ts'
import { THROTTLE_REASONS } from '../jobs/run-shape.ts'
import type { Shape } from '../operations.ts'

const STATES: Readonly<Record<GpuState, Shape['GpuState']>> = {
  AVAILABLE: 'available',
  MISSING: 'missing',
  UNREACHABLE: 'unreachable',
  UNHEALTHY: 'unhealthy',
  DRAINING: 'draining',
  CORDONED: 'cordoned',
  OCCUPIED: 'occupied',
}

const HEALTH: Readonly<Record<GpuHealth, Shape['GpuHealth']>> = {
  HEALTHY: 'healthy',
  SUSPECT: 'suspect',
  FAILED: 'failed',
}

const MODES: Readonly<Record<CordonMode, Shape['Cordon']['mode']>> = { DRAIN: 'drain', CORDON: 'cordon' }

const KINDS: Readonly<Record<GpuFaultKind, Shape['GpuFault']['kind']>> = {
  XID: 'xid',
  ECC: 'ecc',
  REMAP_PENDING: 'remap_pending',
  REMAP_FAILED: 'remap_failed',
  TEMPERATURE: 'temperature',
  LOST: 'lost',
  RECOVERY_ACTION: 'recovery_action',
  STRANGERS: 'strangers',
}

const SEVERITIES: Readonly<Record<GpuFaultSeverity, Shape['GpuFault']['severity']>> = {
  NOTE: 'note',
  DRAIN: 'drain',
  FATAL: 'fatal',
}

const WORKER_STATES: Readonly<Record<WorkerState, Shape['GpuWorker']['state']>> = {
  ONLINE: 'online',
  OFFLINE: 'offline',
}

export function toGpu(gpu: RestGpuFragment): Shape['Gpu'] {
  return {
    id: gpu.id,
    uuid: gpu.uuid,
    name: gpu.name,
    index: gpu.index,
    total_mem_mb: gpu.totalMemoryMb,
    compute_capability: gpu.computeCapability,
    driver_version: gpu.driverVersion,
    cuda_version: gpu.cudaVersion,
    pci_bus_id: gpu.pciBusId,
    simulated: gpu.simulated,
    state: STATES[gpu.state],
    state_reason: gpu.stateReason,
    health: HEALTH[gpu.health],
    cordon: gpu.cordon && { ...gpu.cordon, mode: MODES[gpu.cordon.mode] },
    mig: gpu.mig && {
      parent_uuid: gpu.mig.parentUuid,
      gpu_instance: gpu.mig.gpuInstance,
      compute_instance: gpu.mig.computeInstance,
    },
    nvlink_peers: gpu.nvlinkPeers,
    labels: gpu.labels,
    faults: gpu.faults.map(toFault),
    worker: { id: gpu.worker.id, hostname: gpu.worker.hostname, state: WORKER_STATES[gpu.worker.state] },
    current_run: gpu.currentRun && { id: gpu.currentRun.id, job_id: gpu.currentRun.job.id },
    last_sample: gpu.lastSample && toSample(gpu.lastSample),
  }
}

function toFault(fault: RestGpuFragment['faults'][number]): Shape['GpuFault'] {
  return {
    id: fault.id,
    kind: KINDS[fault.kind],
    xid: fault.xid,
    severity: SEVERITIES[fault.severity],
    message: fault.message,
    first_at: fault.firstAt,
    last_at: fault.lastAt,
    count: fault.count,
    run_id: fault.run?.id ?? null,
  }
}

function toSample(sample: NonNullable<RestGpuFragment['lastSample']>): Shape['GpuSample'] {
  return {
    at: sample.at,
    utilisation_percent: sample.utilisationPercent,
    memory_utilisation_percent: sample.memoryUtilisationPercent,
    memory_used_mb: sample.memoryUsedMb,
    power_watts: sample.powerWatts,
    power_limit_watts: sample.powerLimitWatts,
    temperature_c: sample.temperatureC,
    memory_temperature_c: sample.memoryTemperatureC,
    sm_clock_mhz: sample.smClockMhz,
    memory_clock_mhz: sample.memoryClockMhz,
    fan_percent: sample.fanPercent,
    energy_joules: sample.energyJoules,
    throttle_reasons: sample.throttleReasons.map((reason) => THROTTLE_REASONS[reason]),
  }
}
