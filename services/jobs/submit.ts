// A job enters the queue: its input is checked, a template filled in, and the job stored with its event.
import { inTransaction, query } from '@constellation/platform/database.ts'
import { ConstellationError, type Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Announce } from './announce.ts'
import type { Context } from './context.ts'
import { enqueue } from './enqueue.ts'
import { type Job, type Template, TemplateEntity } from './entities.ts'
import type { SubmitJobInput } from './generated/resolvers.ts'
import { checkSpec, type JobSpec } from './spec.ts'
import { JOB } from './sql/columns.ts'
import { lanesOf } from './sql/lanes.ts'
import { recordEvents } from './sql/record-events.ts'
import { fillTemplate } from './template.ts'

/** The stored job, or what is wrong with the input; then nothing was stored. */
export async function submitJob(
  { who, em, pool, announce }: Context,
  input: SubmitJobInput,
): Promise<{ job: Job } | { problems: Problem[] }> {
  if (who.role === 'worker' || who.role === 'analyst') {
    throw new ConstellationError('FORBIDDEN', `The role ${who.role} submits no jobs.`)
  }
  const template = await findTemplate(em, input)
  const filled = fillTemplate(input, template)
  if ('problems' in filled) return filled
  const checked = checkSpec(filled.input)
  if ('problems' in checked) return checked
  const payer = chooseAccount(who, input.account)
  if ('problems' in payer) return payer
  return { job: await store(pool, announce, checked.spec, { account: payer.account, submittedBy: who.id, template }) }
}

async function findTemplate(em: Context['em'], input: SubmitJobInput): Promise<Template | null> {
  // NUL cannot be stored, so no template has it in its name; PostgreSQL would refuse the question.
  if (!input.template || input.template.includes('\0')) return null
  return em.findOne(TemplateEntity, { name: input.template })
}

function chooseAccount(
  who: Principal,
  wanted: string | null | undefined,
): { account: string } | { problems: Problem[] } {
  const account = wanted ?? who.accounts[0]
  if (account === undefined) {
    return { problems: [{ path: 'account', message: 'is needed, as your token names no account' }] }
  }
  const free = who.role === 'admin' || who.role === 'operator'
  if (free ? /^[\w.@+-]{1,128}$/.test(account) : who.accounts.includes(account)) return { account }
  const message = free
    ? 'must be 1 to 128 letters, digits or . _ - @ +'
    : `is none of yours${who.accounts.length > 0 ? `: ${who.accounts.join(', ')}` : ''}`
  return { problems: [{ path: 'account', message }] }
}

async function store(
  pool: Context['pool'],
  announce: Announce,
  spec: JobSpec,
  by: { account: string; submittedBy: string; template: Template | null },
): Promise<Job> {
  const [laneId] = await lanesOf(pool, [
    {
      account: by.account,
      gpuCount: spec.gpus.count,
      gpuMinMemoryMb: spec.gpus.minMemoryMb,
      gpuModel: spec.gpus.model,
      gpuMinCapability: 0,
      executor: 'process',
      workerLabels: {},
    },
  ])
  const job = await inTransaction(pool, async (client) => {
    const [row] = await query<Job>(
      client,
      'insert-job',
      `INSERT INTO jobs AS j (name, params, priority, submitted_by, account, template,
                              gpu_count, gpu_min_memory_mb, gpu_model, timeout_seconds, max_retries, lane_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING ${JOB}`,
      [
        spec.name,
        JSON.stringify(spec.params),
        spec.priority,
        by.submittedBy,
        by.account,
        by.template?.name ?? null,
        spec.gpus.count,
        spec.gpus.minMemoryMb,
        spec.gpus.model,
        spec.timeoutSeconds,
        spec.maxRetries,
        laneId,
      ],
    )
    if (!row) throw new Error('The new job was not returned.')
    await enqueue(client, [{ jobId: row.id, waitingOn: 0, notBefore: null }])
    await recordEvents(client, [{ type: 'job.queued', jobId: row.id }])
    return row
  })
  announce.queueGrew()
  return job
}
