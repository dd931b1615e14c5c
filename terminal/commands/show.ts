import type { Call } from '../command.ts'
import { Failure } from '../failure.ts'
import { ShowJobDocument, type ShowJobQuery } from '../generated/documents.ts'
import { findJob } from '../jobs/find-job.ts'
import { paint, say, sayJson } from '../view/output.ts'
import { plain } from '../view/text.ts'
import { ago, colourOf, duration, endOf, gpusWord, stateWord, whyItWaits } from '../view/words.ts'
import { money } from './usage.ts'

type Job = NonNullable<ShowJobQuery['job']>

/** All that there is to know of jobs. */
export async function run(call: Call): Promise<number> {
  const api = await call.open()
  const jobs: Job[] = []
  for (const word of call.typed.words) {
    const { job } = await api.ask(ShowJobDocument, { id: await findJob(api, word) })
    if (!job) throw new Failure('refused', `There is no job ${word}.`, { code: 'NOT_FOUND' })
    jobs.push(job)
  }
  if (call.json) sayJson(jobs.length === 1 ? jobs[0] : jobs)
  else
    for (const line of jobs.flatMap((job, at) => [...(at === 0 ? [] : ['']), ...describe(job, Date.now())])) say(line)
  return 0
}

function describe(job: Job, now: number): string[] {
  return [
    `${paint('bold', plain(job.name))}  ${paint(colourOf(job.state), stateWord(job))}`,
    ...facts(job, now).flatMap(([title, text]) => (text ? [`${paint('dim', title.padEnd(11))} ${plain(text)}`] : [])),
    ...job.runs.flatMap((run) => ['', ...describeRun(run)]),
  ]
}

type Fact = readonly [title: string, text: string | null | undefined | false]

function facts(job: Job, now: number): Fact[] {
  const { env, container, usage, queue } = job
  return [
    ['id', job.id],
    ['why', queue ? whyItWaits(queue, now) : job.reason],
    ['command', job.shell ? job.command.join(' ') : job.command.map(quoted).join(' ')],
    ['gpus', asked(job.gpus)],
    ['user', `${job.submittedBy}, account ${job.account}`],
    ['priority', job.priority !== 0 && String(job.priority)],
    ['submitted', `${job.createdAt} (${ago(job.createdAt, now)})`],
    ['started', job.startedAt],
    ['finished', job.finishedAt],
    ['limits', limitsOf(job)],
    ['array', job.array && `${job.array.index} of ${job.array.size}, ${job.array.id}`],
    [
      'waits for',
      [...job.dependsOn, ...job.after]
        .map(({ id, name, state }) => `${name} (${id}, ${state.toLowerCase()})`)
        .join(', '),
    ],
    ['folder', job.workingDirectory],
    [
      'container',
      container &&
        [container.image, ...container.mounts.map(({ source, target }) => `${source} on ${target}`)].join(', '),
    ],
    ['variables', Object.keys(env).join(', ')],
    ['secrets', job.secrets.join(', ')],
    ['made by', job.template ?? job.schedule],
    [
      'used',
      usage &&
        `${(usage.gpuSeconds / 3_600).toFixed(3)} GPU-hours${(usage.cost ?? []).length === 0 ? '' : `, ${money(usage.cost)}`}${usage.provisional ? ', so far' : ''}`,
    ],
  ]
}

function asked({ count, model, minMemoryMb, minComputeCapability }: Job['gpus']): string {
  const more = [
    minMemoryMb !== null && `from ${minMemoryMb} MiB`,
    minComputeCapability !== null && `from CUDA ${minComputeCapability}`,
  ]
  return [gpusWord({ count, model }), ...more].filter(Boolean).join(', ')
}

function limitsOf({ timeoutSeconds, maxIdleSeconds, maxRetries, limits, preemptible }: Job): string {
  const all = [
    timeoutSeconds !== null && `${duration(timeoutSeconds)} of time`,
    maxIdleSeconds !== null && `${duration(maxIdleSeconds)} idle`,
    maxRetries > 0 && `${maxRetries} retries`,
    limits.memoryMb !== null && `${limits.memoryMb} MiB`,
    limits.cpus !== null && `${limits.cpus} CPUs`,
    preemptible && 'preemptible',
  ]
  return all.filter(Boolean).join(', ')
}

function describeRun(run: Job['runs'][number]): string[] {
  const { attempt, state, worker, gpus, startedAt, finishedAt, metrics } = run
  const took = startedAt && finishedAt ? duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000) : ''
  const cards = (gpus ?? []).map(
    ({ index, name, simulated }) => `GPU ${index} (${name}${simulated ? ', simulated' : ''})`,
  )
  const figures = metrics && [
    metrics.meanUtilisationPercent !== null && `${Math.round(metrics.meanUtilisationPercent)}% used`,
    metrics.peakMemoryMb !== null && `${(metrics.peakMemoryMb / 1_024).toFixed(1)} GiB at most`,
    metrics.energyJoules !== null && `${(metrics.energyJoules / 3_600).toFixed(1)} Wh`,
  ]
  const lines = [
    [`attempt ${attempt}`, state.toLowerCase(), endOf(run), took].filter((part) => part !== '').join(' · '),
    [worker?.id, ...cards].filter(Boolean).join(', '),
    (figures || []).filter(Boolean).join(', '),
  ]
  return lines.filter((line) => line !== '').map((line, at) => (at === 0 ? plain(line) : `  ${plain(line)}`))
}

/** A word as a shell would have it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
