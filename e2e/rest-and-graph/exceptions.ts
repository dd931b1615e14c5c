// Where REST does not say a thing by the graph's own names, by schema and property.

export type Node = Record<string, unknown>

export interface Exception {
  select: string
  read(node: Node): unknown
}

/** In these, what is optional is left out where it is nothing: false, zero, or empty. */
export const OMITS_EMPTY: ReadonlySet<string> = new Set(['StoredSpecification', 'Container'])

/** What REST tells of usage beside what it is the usage of. */
const FIGURES = [
  'gpu_seconds',
  'runs',
  'provisional',
  'cost',
  'wasted_gpu_seconds',
  'utilised_gpu_seconds',
  'measured_gpu_seconds',
]

/** A field of the graph with another name or with arguments, the words `same node`, or what is read otherwise. */
export const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string | Exception>>>> = {
  Job: {
    params: 'same node',
    depends_on: ids('dependsOn'),
    after: ids('after'),
    gpu_seconds: { select: 'usage { gpuSeconds }', read: ({ usage }) => fieldOf(usage, 'gpuSeconds') },
  },
  StoredSpecification: {
    gpus: {
      select: 'gpus { count minMemoryMb model minComputeCapability }',
      read({ gpus }) {
        const kinds = { min_memory_mb: 'minMemoryMb', model: 'model', min_compute_capability: 'minComputeCapability' }
        const asked = Object.entries(kinds).flatMap(([property, field]) => {
          const value = fieldOf(gpus, field)
          return value === null ? [] : [[property, value] as const]
        })
        const count = fieldOf(gpus, 'count')
        return asked.length === 0 ? count : { count, ...Object.fromEntries(asked) }
      },
    },
    retry: {
      select: 'retry { exitCodes backoffSeconds maxBackoffSeconds }',
      read({ retry }) {
        const codes = fieldOf(retry, 'exitCodes')
        const pause = fieldOf(retry, 'backoffSeconds')
        if (codes === null && pause === 0) return null
        const pauses = { backoff_seconds: pause, max_backoff_seconds: fieldOf(retry, 'maxBackoffSeconds') }
        return codes === null ? pauses : { exit_codes: codes, ...pauses }
      },
    },
  },
  Run: {
    job_id: { select: '', read: ({ parent }) => fieldOf(parent, 'id') },
    gpu_id: { select: '', read: ({ gpus }) => (Array.isArray(gpus) ? (fieldOf(gpus[0], 'id') ?? null) : null) },
  },
  Gpu: {
    total_mem_mb: 'totalMemoryMb',
    faults: 'faults(open: true)',
  },
  GpuFault: { run_id: { select: 'run { id }', read: ({ run }) => fieldOf(run, 'id') ?? null } },
  CurrentRun: { job_id: { select: 'job { id }', read: ({ job }) => fieldOf(job, 'id') } },
  UsageRow: usageFields(...FIGURES),
  LeaderboardEntry: usageFields(...FIGURES, 'as_of'),
  Webhook: {
    events: 'eventTypes',
    // Shown once, where it was made.
    secret: { select: '', read: () => null },
  },
  Delivery: { event: 'eventType' },
}

/** The ids of the things; null, and so left out, where there are none. */
function ids(field: string): Exception {
  return {
    select: `${field} { id }`,
    read: (node) => {
      const things = node[field]
      return Array.isArray(things) && things.length > 0 ? things.map((thing) => fieldOf(thing, 'id')) : null
    },
  }
}

function usageFields(...properties: string[]): Record<string, Exception> {
  return Object.fromEntries(
    properties.map((property) => {
      const field = property.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
      const inner = field === 'cost' ? 'cost { amount currency }' : field
      return [property, { select: `usage { ${inner} }`, read: ({ usage }) => fieldOf(usage, field) }]
    }),
  )
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined
}
