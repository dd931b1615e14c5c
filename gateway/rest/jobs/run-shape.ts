// A run, from the graph's shape to REST's.
import type { RestRunFragment, RunOutcome, RunState, ThrottleReason } from '../generated/documents.ts'
import type { Shape } from '../operations.ts'

const RUN_STATES: Readonly<Record<RunState, Shape['RunState']>> = {
  CLAIMED: 'claimed',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  LOST: 'lost',
  PREEMPTED: 'preempted',
}

const OUTCOMES: Readonly<Record<RunOutcome, Shape['RunOutcome']>> = {
  EXITED: 'exited',
  TIMED_OUT: 'timed_out',
  CANCELLED: 'cancelled',
  NOT_STARTED: 'not_started',
  OUT_OF_MEMORY: 'out_of_memory',
  IDLE: 'idle',
  GPU_FAILED: 'gpu_failed',
  PREEMPTED: 'preempted',
  RELEASED: 'released',
}

export const THROTTLE_REASONS: Readonly<Record<ThrottleReason, Shape['ThrottleReason']>> = {
  POWER_CAP: 'power_cap',
  SW_THERMAL: 'sw_thermal',
  HW_THERMAL: 'hw_thermal',
  POWER_BRAKE: 'power_brake',
  HW_SLOWDOWN: 'hw_slowdown',
  SYNC_BOOST: 'sync_boost',
}

export function toRun(run: RestRunFragment, jobId: string): Shape['Run'] {
  return {
    id: run.id,
    job_id: jobId,
    attempt: run.attempt,
    gpu_id: run.gpus?.[0]?.id ?? null,
    gpus: run.gpus?.map(({ id, uuid, name, simulated }) => ({ id, uuid, name, simulated })) ?? null,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    state: RUN_STATES[run.state],
    exit_code: run.exitCode,
    signal: run.signal,
    outcome: run.outcome && OUTCOMES[run.outcome],
    reason: run.reason,
    idle_since: run.idleSince,
    metrics: run.metrics && toMetrics(run.metrics),
  }
}

function toMetrics(metrics: NonNullable<RestRunFragment['metrics']>): Shape['RunMetrics'] {
  return {
    mean_utilisation_percent: metrics.meanUtilisationPercent,
    max_utilisation_percent: metrics.maxUtilisationPercent,
    peak_memory_mb: metrics.peakMemoryMb,
    mean_power_watts: metrics.meanPowerWatts,
    max_power_watts: metrics.maxPowerWatts,
    energy_joules: metrics.energyJoules,
    max_temperature_c: metrics.maxTemperatureC,
    throttled_seconds: metrics.throttledSeconds,
    throttle_reasons: metrics.throttleReasons?.map((reason) => THROTTLE_REASONS[reason]) ?? null,
    idle_seconds: metrics.idleSeconds,
    xids: metrics.xids,
  }
}
