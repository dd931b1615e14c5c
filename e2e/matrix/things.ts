// What the owner has in the matrix, and how it changes so that subscriptions have something to tell.
import { type World, watchJob } from '../testing.ts'
import type { Targets } from './arguments.ts'
import type { Ask } from './ask.ts'
import type { Person } from './people.ts'

const SUBMIT = 'mutation ($input: SubmitJobInput!) { submitJob(input: $input) { job { id array { id } } } }'
const RUN = '{ jobs { nodes { runs { id worker { id } gpus { id } } } } }'
const SAVE = `mutation ($schedule: SaveScheduleInput!, $secret: SaveSecretInput!) {
  saveSchedule(input: $schedule) { problems { message } } saveSecret(input: $secret) { problems { message } }
}`
const HOOKS = '{ webhooks { id } }'
const HOOK = 'mutation ($input: SaveWebhookInput!) { saveWebhook(input: $input) { webhook { id } } }'
const TOKENS = '{ apiTokens { id revokedAt } }'
const TOKEN = 'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { token { id } } }'
const EXPORTS = '{ usageExports { id state } }'
const EXPORT = 'mutation { requestUsageExport(input: { format: CSV }) { id } }'
const BUDGET = 'mutation ($input: SaveBudgetInput!) { saveBudget(input: $input) { id } }'
const RENAME = 'mutation ($id: ID!, $name: String!) { updateJob(id: $id, input: { name: $name }) { job { id } } }'
const LABEL = 'mutation ($id: ID!, $labels: StringMap!) { labelGpu(id: $id, labels: $labels) { gpu { id } } }'

/** A job of the owner's that runs and has written something, in an array of its own, and the rest. */
export async function makeThings(world: World, ask: Ask): Promise<Targets> {
  const command = ['echo owners-output; sleep 600']
  const input = { name: 'owners-job', command, shell: true, gpus: { count: 1 }, array: { count: 1 } }
  const { submitJob } = await data<{ submitJob: { job: { id: string; array: { id: string } } } }>(
    ask,
    'owner',
    SUBMIT,
    {
      input,
    },
  )
  const { id: jobId, array } = submitJob.job
  await watchJob(world, jobId, ({ state }) => state === 'RUNNING')
  const run = await data<Runs>(ask, 'owner', RUN)
  const [
    {
      runs: [
        {
          id: runId,
          worker,
          gpus: [gpu],
        },
      ],
    },
  ] = run.jobs.nodes
  const targets = {
    jobId,
    arrayId: array.id,
    runId,
    gpuId: gpu.id,
    workerId: worker.id,
    account: 'owners-account',
    schedule: 'owners-schedule',
    secret: 'OWNERS_SECRET',
    webhookId: '',
    exportId: '',
    tokenId: '',
    budgetId: '',
  }
  await saveThings(ask, targets)
  return targets
}

interface Runs {
  jobs: { nodes: [{ runs: [{ id: string; worker: { id: string }; gpus: [{ id: string }] }] }] }
}

/** Makes again what operations may have ended: a webhook, a token and a budget then have other ids. */
export async function saveThings(ask: Ask, targets: Targets): Promise<void> {
  await data(ask, 'owner', SAVE, {
    schedule: { name: 'owners-schedule', cron: '0 0 1 1 *', job: { command: ['true'] } },
    secret: { name: 'OWNERS_SECRET', value: 'hidden' },
  })
  await saveToken(ask, targets)
  await saveExport(ask, targets)
  await saveBudget(ask, targets, '1000')
  const { webhooks } = await data<{ webhooks: { id: string }[] }>(ask, 'owner', HOOKS)
  if (webhooks.some(({ id }) => id === targets.webhookId)) return
  const input = { url: 'http://127.0.0.1:9/owners-hook', eventTypes: ['job.completed'] }
  const { saveWebhook } = await data<{ saveWebhook: { webhook: { id: string } } }>(ask, 'owner', HOOK, { input })
  targets.webhookId = saveWebhook.webhook.id
}

async function saveBudget(ask: Ask, targets: Targets, gpuHours: string): Promise<void> {
  const input = { account: targets.account, gpuHours }
  targets.budgetId = (await data<{ saveBudget: { id: string } }>(ask, 'manager', BUDGET, { input })).saveBudget.id
}

async function saveToken(ask: Ask, targets: Targets): Promise<void> {
  const { apiTokens } = await data<{ apiTokens: { id: string; revokedAt: string | null }[] }>(ask, 'owner', TOKENS)
  if (apiTokens.some(({ id, revokedAt }) => id === targets.tokenId && revokedAt === null)) return
  const input = { name: 'owners-token', scopes: ['READ'] }
  const { createApiToken } = await data<{ createApiToken: { token: { id: string } } }>(ask, 'owner', TOKEN, { input })
  targets.tokenId = createApiToken.token.id
}

async function saveExport(ask: Ask, targets: Targets): Promise<void> {
  const { usageExports } = await data<{ usageExports: { id: string; state: string }[] }>(ask, 'owner', EXPORTS)
  if (usageExports.some(({ id, state }) => id === targets.exportId && state !== 'CANCELLED')) return
  const { requestUsageExport } = await data<{ requestUsageExport: { id: string } }>(ask, 'owner', EXPORT)
  targets.exportId = requestUsageExport.id
}

/** Makes what changes the owner's job, then one of another user's, the GPU, and the budget of the owner's account. */
export async function makeStir(ask: Ask, targets: Targets): Promise<() => Promise<void>> {
  const { jobId, gpuId } = targets
  const input = { name: 'bobs-job', command: ['true'] }
  const { submitJob } = await data<{ submitJob: { job: { id: string } } }>(ask, 'other', SUBMIT, { input })
  let turn = 0
  return async () => {
    turn += 1
    await data(ask, 'owner', RENAME, { id: jobId, name: `owners-job-${turn}` })
    await data(ask, 'other', RENAME, { id: submitJob.job.id, name: `bobs-job-${turn}` })
    await data(ask, 'operator', LABEL, { id: gpuId, labels: { turn: String(turn) } })
    await saveBudget(ask, targets, String(1000 + turn))
  }
}

async function data<Data>(ask: Ask, who: Person, query: string, variables: object = {}): Promise<Data> {
  const { text } = await ask.graph(who, { query, variables })
  const { data, errors } = JSON.parse(text)
  if (errors) throw new Error(`${query}: ${text}`)
  return data
}
