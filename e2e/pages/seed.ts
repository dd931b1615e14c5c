// What a small cluster has after a busy morning: several people's jobs in every state, on eight simulated GPUs.
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import type { Role } from '@constellation/platform/identity.ts'
import { settled, type World, watchJob } from '../testing.ts'

/** Settings of the world that `seed` is made for. */
export const SEED_SETTINGS = { CONSTELLATION_SIMULATED_GPUS: '8' }

export interface Seeded {
  /** Ids of jobs in these states, and of a GPU that is in use. */
  running: string
  queued: string
  failed: string
  completed: string
  gpu: string
  tokens: Tokens
}

type Tokens = Readonly<Record<'mira' | 'lars' | 'ann' | 'otto', string>>

/** Writes like a training would, in colours, until it is ended; people see it in the picture of the README. */
const TRAIN = `for step in $(seq 50 50 900000); do
  loss=$(awk "BEGIN { print 0.8 + 9 / sqrt($step) }")
  printf '\\033[36mstep %06d\\033[0m  ' $step
  printf 'loss \\033[1m%.4f\\033[0m\\n' $loss
  sleep 1
done`
const LONG = 'sleep 3600'

/** Fills the stack, and answers when every job is in the state that it is meant to stay in. */
export async function seed(world: World): Promise<Seeded> {
  const tokens = await mintTokens(world.stack.home)
  const ended = await makeEnded(world, tokens)
  const running = await makeRunning(world, tokens)
  const queued = await makeWaiting(world, tokens, running)
  return { ...ended, running, queued, gpu: await gpuOf(world, running), tokens }
}

async function mintTokens(home: string): Promise<Tokens> {
  const issuer = await loadIssuer(home)
  const token = (subject: string, role: Role, accounts: string[]) =>
    mintToken(issuer, { subject, role, accounts, ttlSeconds: 7200 })
  return {
    mira: await token('mira', 'user', ['vision']),
    lars: await token('lars', 'user', ['language']),
    ann: await token('ann', 'analyst', []),
    otto: await token('otto', 'operator', ['infra']),
  }
}

async function makeEnded(world: World, { mira, lars }: Tokens): Promise<Pick<Seeded, 'failed' | 'completed'>> {
  const done = await submitAll(world, mira, [
    { name: 'prepare-imagenet', command: ['seq 1 400; echo done'], gpus: { count: 1 } },
    { name: 'eval-resnet50', command: ['sleep 2; echo "top-1 76.13 %"'], gpus: { count: 1 } },
  ])
  const others = await submitAll(world, lars, [
    { name: 'tokenize-c4', command: ['echo "no space left on device" >&2; exit 28'], gpus: { count: 1 } },
    { name: 'smoke-test', command: ['true'] },
  ])
  await Promise.all([...Object.values(done), ...Object.values(others)].map((id) => watchJob(world, id, settled)))
  return { failed: named(others, 'tokenize-c4'), completed: named(done, 'eval-resnet50') }
}

/** The id of the one that is looked at. */
async function makeRunning(world: World, { mira, lars }: Tokens): Promise<string> {
  const ids = {
    ...(await submitAll(world, lars, [
      { name: 'train-llama-7b', command: [TRAIN], gpus: { count: 4, model: 'A100' }, timeoutSeconds: 86_400 },
    ])),
    ...(await submitAll(world, mira, [
      { name: 'train-vit-large', command: [TRAIN], gpus: { count: 2 }, maxRetries: 2 },
    ])),
  }
  await Promise.all(Object.values(ids).map((id) => watchJob(world, id, ({ state }) => state === 'RUNNING')))
  return named(ids, 'train-llama-7b')
}

async function makeWaiting(world: World, { mira, lars }: Tokens, running: string): Promise<string> {
  const ids = await submitAll(world, lars, [
    { name: 'pretrain-13b', command: [LONG], gpus: { count: 8 }, priority: 10 },
    { name: 'after-llama-eval', command: ['true'], gpus: { count: 1 }, dependsOn: [running] },
  ])
  const more = await submitAll(world, mira, [
    { name: 'sweep-augmentation', command: [LONG], gpus: { count: 4 }, array: { count: 4 } },
    { name: 'wrong-config', command: [LONG], gpus: { count: 8 } },
  ])
  const id = named(more, 'wrong-config')
  await ask(world, mira, 'mutation ($id: ID!) { cancelJob(id: $id) { job { id } } }', { id })
  return named(ids, 'pretrain-13b')
}

/** The ids of the jobs by their names. Each command is a line for the shell. */
async function submitAll(world: World, token: string, inputs: object[]): Promise<Record<string, string>> {
  const { submitJobs } = await ask<{ submitJobs: { jobs: { id: string; name: string }[]; problems: unknown[] } }>(
    world,
    token,
    `mutation ($inputs: [SubmitJobInput!]!) {
      submitJobs(inputs: $inputs) { jobs { id name } problems { path message } }
    }`,
    { inputs: inputs.map((input) => ({ ...input, shell: true })) },
  )
  if (submitJobs.problems.length > 0) throw new Error(JSON.stringify(submitJobs.problems))
  return Object.fromEntries(submitJobs.jobs.map(({ id, name }) => [name, id]))
}

async function gpuOf(world: World, id: string): Promise<string> {
  const query = 'query ($id: ID!) { job(id: $id) { runs { gpus { id } } } }'
  const { job } = await ask<{ job: { runs: { gpus: { id: string }[] }[] } }>(world, world.stack.adminToken, query, {
    id,
  })
  const gpu = job.runs.at(-1)?.gpus[0]
  if (!gpu) throw new Error('The running job has no GPU.')
  return gpu.id
}

async function ask<Data>(world: World, token: string, query: string, variables: object): Promise<Data> {
  const answer = await world.rest('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await answer.json()
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}

function named(ids: Readonly<Record<string, string>>, name: string): string {
  const id = ids[name]
  if (id === undefined) throw new Error(`No job was submitted as ${name}.`)
  return id
}
