// Runs that never were, as a busy place has them: 20 million a year, most of them short and a few of days, by day more
// than by night, a few users with many and many with a few. Which GPUs are free is not looked at.
import { createRandom, normal, weighted } from './random.ts'

export interface SyntheticRun {
  runId: string
  jobId: string
  attempt: number
  account: string
  user: string
  /** Instants in milliseconds. */
  queuedAt: number
  startedAt: number
  finishedAt: number
  outcome: string
  /** In thousandths; null where nobody has measured it. */
  utilisation: number | null
  /** Of each GPU, in whole watts. */
  watts: number
  model: string
  /** In the order of their ids. */
  gpuIds: readonly string[]
}

/** The last run starts before this instant, however many there are: a year holds 20 million. */
export const END = Date.UTC(2026, 10, 1)
const RUNS_A_YEAR = 20_000_000

const HOUR_MS = 3_600_000
const LONGEST_MS = 48 * HOUR_MS
const MEDIAN_MS = 5 * 60_000
const ACCOUNTS = 24
const USERS_EACH = 10
const GPUS_A_HOST = 8

/** Their GPUs, how many hosts have them, and how much they draw under load. */
const MODELS = [
  { name: 'NVIDIA A100-SXM4-80GB', hosts: 80, watts: 320, share: 0.4 },
  { name: 'NVIDIA H100 80GB HBM3', hosts: 60, watts: 560, share: 0.3 },
  { name: 'NVIDIA L40S', hosts: 40, watts: 240, share: 0.2 },
  { name: 'NVIDIA L4', hosts: 20, watts: 60, share: 0.1 },
] as const

const OUTCOMES = ['completed', 'failed', 'cancelled', 'lost'] as const
const GPU_COUNTS = [0, 1, 2, 4, 8] as const

/** So many runs, the earliest start first; the same for the same number. */
export function* syntheticRuns(count: number): Generator<SyntheticRun> {
  const random = createRandom(20_261_101)
  const draw = {
    account: weighted(Array.from({ length: ACCOUNTS }, (_, i) => 1 / (i + 2))),
    user: weighted(Array.from({ length: USERS_EACH }, (_, i) => 1 / (i + 1))),
    model: weighted(MODELS.map(({ share }) => share)),
    outcome: weighted([82, 12, 5, 1]),
    gpus: weighted([10, 70, 10, 6, 4]),
  }
  let made = 0
  for (const { hour, runs } of busyHours(count)) {
    for (let i = 0; i < runs; i++) {
      const startedAt = hour + Math.floor(((i + random()) / runs) * HOUR_MS)
      yield makeRun(startedAt, made++, random, draw)
    }
  }
}

function makeRun(
  startedAt: number,
  number: number,
  random: () => number,
  draw: Record<'account' | 'user' | 'model' | 'outcome' | 'gpus', (random: number) => number>,
): SyntheticRun {
  const account = draw.account(random())
  const kind = draw.model(random())
  const model = MODELS[kind] ?? MODELS[0]
  const outcome = OUTCOMES[draw.outcome(random())] ?? 'completed'
  const gpus = GPU_COUNTS[draw.gpus(random())] ?? 1
  const lengthMs = Math.ceil(MEDIAN_MS * Math.exp(1.4 * normal(random(), random())))
  const attempt = random() < 0.05 ? 2 : 1
  const isMeasured = gpus > 0 && random() < 0.9
  return {
    runId: uuidOf(startedAt, number, 'a'),
    jobId: uuidOf(startedAt, number, '8'),
    attempt,
    account: `account-${pad(account)}`,
    user: `user-${pad(account)}-${draw.user(random())}`,
    queuedAt: startedAt - Math.floor(-Math.log(1 - random()) * 40_000),
    startedAt,
    finishedAt: startedAt + Math.min(Math.max(lengthMs, 1_000), LONGEST_MS),
    outcome,
    utilisation: isMeasured ? Math.floor(random() * 1_000) : null,
    watts: isMeasured ? Math.ceil(model.watts * (0.3 + 0.7 * random())) : 0,
    model: model.name,
    gpuIds: gpusOf(kind, model.hosts, gpus, random),
  }
}

/** Hours back from the end that hold so many runs, the earliest first. */
function busyHours(count: number): { hour: number; runs: number }[] {
  const hours: { hour: number; runs: number }[] = []
  const perHour = RUNS_A_YEAR / (365 * 24)
  for (let left = count, hour = END - HOUR_MS; left > 0; hour -= HOUR_MS) {
    const runs = Math.min(left, Math.round(perHour * rhythm(new Date(hour))))
    hours.push({ hour, runs })
    left -= runs
  }
  return hours.reverse()
}

/** How much busier an hour is than others: 1 on average. */
function rhythm(hour: Date): number {
  const day = hour.getUTCDay() === 0 || hour.getUTCDay() === 6 ? 0.65 : 1.14
  return day * (1 + 0.5 * Math.sin(((hour.getUTCHours() - 8) / 24) * 2 * Math.PI))
}

/** GPUs of one host, beside each other. */
function gpusOf(kind: number, hosts: number, count: number, random: () => number): string[] {
  if (count === 0) return []
  const host = Math.floor(random() * hosts)
  const first = Math.floor(random() * (GPUS_A_HOST / count)) * count
  return Array.from(
    { length: count },
    (_, i) => `00000000-0000-7000-800${kind}-${hex(host * GPUS_A_HOST + first + i, 12)}`,
  )
}

/** A UUID of version 7: its time comes first, so that new ones lie beside each other in an index. */
function uuidOf(at: number, number: number, variant: '8' | 'a'): string {
  const time = hex(at, 12)
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-${variant}000-${hex(number, 12)}`
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
