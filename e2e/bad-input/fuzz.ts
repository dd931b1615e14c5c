// Sends many bad inputs to a stack, and says which of them it did not bear.
import { setTimeout as wait } from 'node:timers/promises'
import { type MemoryWatch, watchMemory } from '../faults/memory.ts'
import { type Chance, chanceOf } from '../seeded.ts'
import type { World } from '../testing.ts'
import { badBytes, sendBytes } from './bytes.ts'
import { badOperation } from './documents.ts'
import { failedChanges } from './failed-changes.ts'
import { badFrames, sendFrames } from './frames.ts'
import { type GraphSchema, readSchema, SCHEMA_QUERY } from './graph-schema.ts'
import { faultOfFrames, faultOfText } from './judge.ts'
import { oddText, spoilt } from './odd-values.ts'
import { badRequest, type RestContract, readRestContract } from './requests.ts'

const AT_ONCE = 8
/** An answer takes no longer, in milliseconds. */
const ANSWER_LIMIT_MS = 20_000

interface Fault {
  /** What makes the input again: the seed of it alone. */
  seed: string
  sent: string
  fault: string
}

export interface Findings {
  /** How many inputs of each kind were sent, a frame of a socket being one. */
  sent: Record<string, number>
  /** How often each status came. */
  statuses: Record<string, number>
  faults: Fault[]
  /** Of each part, in MiB: when a third had been sent, and the most after that. */
  memory: ReturnType<MemoryWatch['stop']>
  /** The parts whose process is another than at the beginning. */
  diedParts: string[]
}

interface Target {
  world: World
  schema: GraphSchema
  contract: RestContract
  findings: Findings
}

/** Sends the one input that has this seed of its own. */
export async function fuzzAgain(world: World, seed: string): Promise<Findings> {
  const target = await openTarget(world)
  await sendOne(target, seed, chanceOf(seed))
  return target.findings
}

/** Sends `count` inputs, the same ones for the same seed. */
export async function fuzz(
  world: World,
  seed: string,
  count: number,
  progress: (sent: number) => void,
): Promise<Findings> {
  const { findings, ...target } = await openTarget(world)
  const before = world.stack.processes()
  let next = 0
  let memory: MemoryWatch | undefined
  const total = () => Object.values(findings.sent).reduce((sum, each) => sum + each, 0)
  const work = async () => {
    while (total() < count) {
      const own = `${seed}/${next++}`
      await sendOne({ ...target, findings }, own, chanceOf(own))
      if (total() >= count / 3) memory ??= watchMemory(() => world.stack.processes())
      if (next % 1_000 === 0) progress(total())
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const after = world.stack.processes()
  findings.diedParts = Object.keys(before).filter((part) => before[part] !== after[part])
  findings.memory = memory?.stop() ?? {}
  for (const entry of await failedChanges(world)) {
    findings.faults.push({
      seed: 'not known',
      sent: `${entry.action} ${entry.arguments}`,
      fault: 'failed, says the audit log',
    })
  }
  return findings
}

async function openTarget(world: World): Promise<Target> {
  const schema = readSchema(await world.graphql(SCHEMA_QUERY))
  const contract = readRestContract(await (await world.rest('/openapi.json')).json())
  return { world, schema, contract, findings: { sent: {}, statuses: {}, faults: [], memory: {}, diedParts: [] } }
}

type Kind = 'graphql' | 'rest' | 'socket' | 'bytes'
const KINDS: readonly Kind[] = [
  'graphql',
  'graphql',
  'graphql',
  'graphql',
  'rest',
  'rest',
  'rest',
  'rest',
  'socket',
  'bytes',
]

async function sendOne(target: Target, seed: string, chance: Chance): Promise<void> {
  const kind = chance.pick(KINDS)
  const { sent, amount, outcome } = SENDERS[kind](target, chance)
  const { findings } = target
  findings.sent[kind] = (findings.sent[kind] ?? 0) + amount
  try {
    const { status, fault } = await outcome
    findings.statuses[status] = (findings.statuses[status] ?? 0) + 1
    if (fault !== undefined) findings.faults.push({ seed, sent, fault })
  } catch (error) {
    findings.faults.push({ seed, sent, fault: String(error) })
    // What does not answer at all may be starting again: the rest should not be spent on that.
    await wait(1_000)
  }
}

interface Sending {
  sent: string
  /** How many inputs it is. */
  amount: number
  outcome: Promise<{ status: string; fault: string | undefined }>
}

const SENDERS: Readonly<Record<Kind, (target: Target, chance: Chance) => Sending>> = {
  graphql({ world, schema }, chance) {
    const whole = JSON.stringify(badOperation(schema, ['Query', 'Query', 'Mutation'], chance)) ?? ''
    const body = chance.happens(0.1) ? spoilt(whole, chance) : whole
    const type = chance.happens(0.97) ? 'application/json' : chance.pick(['text/plain', 'application/graphql', '/'])
    const outcome = request(world, '/graphql', { method: 'POST', headers: { 'content-type': type }, body })
    return { sent: body, amount: 1, outcome }
  },
  rest({ world, contract }, chance) {
    const { path, ...init } = badRequest(contract, chance)
    return { sent: `${path} ${JSON.stringify(init)}`, amount: 1, outcome: request(world, path, init) }
  },
  socket({ world, schema }, chance) {
    const frames = badFrames(schema, chance)
    const token = chance.happens(0.95) ? world.stack.adminToken : oddText(chance)
    const outcome = sendFrames(world.stack.url, token, frames).then((heard) => ({
      status: heard.find((each) => each.startsWith('closed')) ?? 'open',
      fault: faultOfFrames(heard),
    }))
    return { sent: frames.join('\n'), amount: frames.length, outcome }
  },
  bytes({ world }, chance) {
    const bytes = badBytes(chance)
    const outcome = sendBytes(world.stack.url, bytes).then((text) => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
      return { status: status === 0 ? 'no answer' : String(status), fault: faultOfText(status, text) }
    })
    return { sent: bytes.toString('latin1'), amount: 1, outcome }
  },
}

async function request(world: World, path: string, init: RequestInit) {
  const answer = await world.rest(path, { ...init, redirect: 'manual', signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
  // A log that is followed ends with its job.
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream) await answer.body?.cancel()
  const text = isStream ? '' : await answer.text()
  return { status: String(answer.status), fault: faultOfText(answer.status, text) }
}
