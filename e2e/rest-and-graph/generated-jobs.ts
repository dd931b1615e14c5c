// Submissions of every kind, the same each time: some run and end well or badly, others wait for what never comes.
import fc from 'fast-check'

const SEED = 20_260_131

// Without containers: a machine that has none refuses them.

/** What keeps a job from ever running: few have it, as the others are to run. */
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

const specification = fc.record(
  {
    command: fc.constantFrom(
      ['true'],
      ['sh', '-c', 'echo out; echo err >&2'],
      ['sh', '-c', 'exit 3'],
      ['no-such-program'],
    ),
    gpus: fc.oneof(
      fc.integer({ min: 0, max: 2 }),
      fc.constant({ count: 1, model: 'A100' }),
      fc.constant({ count: 1, min_memory_mb: 1_000, min_compute_capability: '7.0' }),
      fc.constant({ count: 1, model: 'no such model' }),
    ),
    env: fc.dictionary(fc.stringMatching(/^[A-Z]{1,8}$/), fc.string({ maxLength: 20 }).map(withoutNul), { maxKeys: 3 }),
    working_directory: fc.constant('/tmp'),
    timeout_seconds: fc.integer({ min: 60, max: 86_400 }),
    max_idle_seconds: fc.integer({ min: 3_600, max: 86_400 }),
    max_retries: fc.integer({ min: 0, max: 1 }),
    retry: fc.constantFrom(
      { exit_codes: [75] },
      { backoff_seconds: 86_400 },
      { exit_codes: [3], max_backoff_seconds: 60 },
    ),
    preemptible: fc.boolean(),
    warning: fc.constantFrom({ seconds: 5 }, { signal: 'SIGUSR2', seconds: 1 }),
    worker_labels: rarely(fc.constant({ zone: 'nowhere' })),
    limits: fc.constantFrom({}, { memory_mb: 512 }, { cpus: 0.5 }, { memory_mb: 256, cpus: 1 }),
  },
  { requiredKeys: ['command'] },
)

/** Only what has a GPU can have one that does nothing. */
const consistent = specification.map(({ max_idle_seconds, ...rest }) => {
  return rest.gpus === undefined || rest.gpus === 0 ? rest : { ...rest, max_idle_seconds }
})

const submission = fc.record(
  {
    params: consistent,
    name: fc.string({ maxLength: 40 }).map((text) => withoutNul(`job ${text}`)),
    priority: fc.integer({ min: -1_000, max: 1_000 }),
    start_at: rarely(fc.constant('2100-01-31T12:00:00Z')),
    array: rarely(fc.constantFrom({ count: 2 }, { sweep: [{ name: 'LR', values: ['0.1', '0.01'] }], max_parallel: 1 })),
  },
  { requiredKeys: ['params'] },
)

/** So many submissions; each third one waits for the one before it. */
export function generateSubmissions(count: number): object[] {
  return fc.sample(submission, { numRuns: count, seed: SEED }).map((one, i) => {
    const written = JSON.parse(JSON.stringify(one))
    const ref = `job-${i}`
    if (i % 3 === 1) return { ...written, ref, depends_on: [`job-${i - 1}`] }
    if (i % 3 === 2) return { ...written, ref, after: [`job-${i - 2}`] }
    return { ...written, ref }
  })
}

function withoutNul(text: string): string {
  return text.replaceAll('\0', ' ')
}
