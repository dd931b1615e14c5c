// What a run does to a simulated GPU, as its environment asks for.

export interface LoadPlan {
  /** Percent of the GPU in these seconds of the run, and none in others. */
  phases: readonly Phase[]
  memoryMb: number | null
}

interface Phase {
  fromSeconds: number
  toSeconds: number
  percent: number
}

const DEFAULT_PERCENT = 94
const MOST_PHASES = 64
const LONGEST_TEXT = 4_096

/**
 * `SIMULATED_GPU_LOAD` is percent, such as `60`, or phases of percent, such as `0-30:95,30-60:20`, of which the first
 * that fits counts; `SIMULATED_GPU_MEMORY_MB` is what it holds. What makes no sense counts as not said.
 */
export function loadPlan(environment: Readonly<Record<string, string>>): LoadPlan {
  const { SIMULATED_GPU_LOAD: load = '', SIMULATED_GPU_MEMORY_MB: memory = '' } = environment
  return {
    phases: readPhases(load) ?? [always(DEFAULT_PERCENT)],
    memoryMb: /^\s*\d{1,7}\s*$/.test(memory) ? Number(memory) : null,
  }
}

/** Percent of the GPU that the run uses `seconds` after its start. */
export function loadAt(plan: LoadPlan, seconds: number): number {
  const phase = plan.phases.find(({ fromSeconds, toSeconds }) => fromSeconds <= seconds && seconds < toSeconds)
  return phase?.percent ?? 0
}

function readPhases(text: string): Phase[] | undefined {
  if (text.length > LONGEST_TEXT) return undefined
  const constant = readPercent(text.trim())
  if (constant !== undefined) return [always(constant)]
  const phases = text.split(',').map(readPhase)
  if (phases.length > MOST_PHASES || phases.includes(undefined)) return undefined
  return phases.flatMap((phase) => phase ?? [])
}

function readPhase(text: string): Phase | undefined {
  const [, from, to, load = ''] = /^\s*(\d{1,7})-(\d{1,7}):(\d{1,3}(?:\.\d{1,3})?)\s*$/.exec(text) ?? []
  const percent = readPercent(load)
  const phase = { fromSeconds: Number(from), toSeconds: Number(to) }
  return percent !== undefined && phase.fromSeconds < phase.toSeconds ? { ...phase, percent } : undefined
}

function readPercent(text: string): number | undefined {
  const percent = /^\d{1,3}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN
  return percent <= 100 ? percent : undefined
}

function always(percent: number): Phase {
  return { fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY, percent }
}
