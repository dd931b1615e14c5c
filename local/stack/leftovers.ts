// `<home>/stack.json` names the processes of the running stack, so that the next one finds what a killed one left.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as v from 'valibot'
import { processIdentity } from '../setup/process-identity.mjs'
import { writeFileAtomically } from '../write-file.ts'
import { endStranger } from './running.ts'

const record = v.record(
  v.string(),
  v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(1)), identity: v.string() }),
)

type Recorded = v.InferOutput<typeof record>

/** What a program of ours needs at most to end after its parent, and then SIGTERM once more. */
const STOP = [{ signal: 'SIGTERM', limitMs: 20_000 }] as const

export interface ProcessRecord {
  /** Resolves once the process is in the file. */
  add(name: string, pid: number): Promise<void>
  clear(): Promise<void>
}

/** Keeps the home's record of processes. */
export function recordProcesses(home: string): ProcessRecord {
  const processes: Recorded = {}
  let writing: Promise<void> = Promise.resolve()
  const write = () => {
    // One that failed, as where a disk was full, is no reason for none to be written any more.
    writing = writing
      .catch(() => {})
      .then(() => writeFileAtomically(recordFile(home), `${JSON.stringify(processes, null, 2)}\n`, 0o600))
    return writing
  }
  return {
    add(name, pid) {
      const identity = processIdentity(pid)
      if (identity) processes[name] = { pid, identity }
      return write()
    },
    clear() {
      for (const name of Object.keys(processes)) delete processes[name]
      return write()
    },
  }
}

/** Their own starters find them, and know how each is to be stopped. */
const FOUND_ELSEWHERE = ['postgres', 'nats']

/** Ends the recorded programs that still run. */
export async function stopLeftovers(home: string, log: (line: string) => void): Promise<void> {
  const leftovers = Object.entries(await readRecord(home)).filter(
    ([name, { pid, identity }]) => !FOUND_ELSEWHERE.includes(name) && processIdentity(pid) === identity,
  )
  if (leftovers.length === 0) return
  log(
    `Stopping what an earlier stack left running: ${leftovers.map(([name, { pid }]) => `${name} (process ${pid})`).join(', ')}.`,
  )
  await Promise.all(leftovers.map(([, { pid, identity }]) => endStranger(pid, identity, STOP)))
}

/** True while the gateway of this home's stack runs. */
export async function stackRuns(home: string): Promise<boolean> {
  const { gateway } = await readRecord(home)
  return gateway !== undefined && processIdentity(gateway.pid) === gateway.identity
}

async function readRecord(home: string): Promise<Recorded> {
  try {
    return v.parse(record, JSON.parse(await readFile(recordFile(home), 'utf8')))
  } catch {
    return {} // There was no stack, or its record is of no use: its programs end with their parent anyway.
  }
}

function recordFile(home: string): string {
  return path.join(home, 'stack.json')
}
