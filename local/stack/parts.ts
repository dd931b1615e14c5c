// The running parts of one stack: started one by one, ended in the order in which they need each other.

import { recordProcesses } from './leftovers.ts'
import { logPath } from './log-file.ts'
import { describeExit, type Exit } from './running.ts'
import { type Part, type PartEvent, type Supervised, supervise } from './supervise.ts'

export interface Parts {
  /** @throws what the part's first start throws */
  start(part: Part): Promise<void>
  /** Aborted, with the reason, when a part that never came up is given up. */
  readonly failed: AbortSignal
  processes(): Record<string, number>
  markReady(): void
  /** Ends all of them; `hurry` cuts that short. */
  stop(): Promise<void>
}

interface PartsOptions {
  print(line: string): void
  onEvent?(event: PartEvent): void
  hurry?: AbortSignal
}

/** Whoever stands earlier needs those behind it to end well. */
const STOP_ORDER = [['worker'], ['gateway'], ['jobs', 'gpus', 'usage'], ['nats'], ['postgres']]

/** No part runs yet; those that will are recorded in the home. */
export function openParts(home: string, options: PartsOptions): Parts {
  const running = new Map<string, Supervised>()
  const record = recordProcesses(home)
  const failure = new AbortController()

  const tell = (event: PartEvent) => {
    options.onEvent?.(event)
    if (event.kind === 'started' || event.kind === 'restarted') {
      record
        .add(event.part, event.pid)
        .catch((error) => options.print(`stack.json cannot be written: ${error.message}`))
    }
    if (event.kind === 'gave-up') failure.abort(new Error(describeFailure(home, event)))
    const line = describe(event)
    if (line) options.print(line)
  }

  // Only what is being stopped: the others would be taken for dead, and started again.
  let stopping: Supervised[] = []
  const hurryThose = () => {
    for (const part of stopping) part.hurry()
  }
  options.hurry?.addEventListener('abort', hurryThose)

  return {
    failed: failure.signal,
    async start(part) {
      running.set(part.name, await supervise(part, tell))
    },
    processes() {
      return Object.fromEntries([...running].flatMap(([name, { pid }]) => (pid === undefined ? [] : [[name, pid]])))
    },
    markReady() {
      for (const part of running.values()) part.markReady()
    },
    async stop() {
      for (const names of STOP_ORDER) {
        stopping = names.flatMap((name) => running.get(name) ?? [])
        const ends = stopping.map((part) => part.stop())
        if (options.hurry?.aborted) hurryThose()
        await Promise.all(ends)
      }
      await record.clear()
    },
  }
}

function describe(event: PartEvent): string | undefined {
  switch (event.kind) {
    case 'ended':
      return `${event.part} has ended (${describeEnd(event.why)}); it starts again in ${event.restartInMs / 1000} s.`
    case 'restarted':
      return `${event.part} runs again (process ${event.pid}).`
    default:
      return undefined
  }
}

function describeFailure(home: string, { part, why, lastLines }: Extract<PartEvent, { kind: 'gave-up' }>): string {
  const lines = lastLines.map((line) => `  ${line}`).join('\n')
  return `${part} does not start (${describeEnd(why)}). Its log is ${logPath(home, part)}${lines && `, and ends with:\n${lines}`}`
}

function describeEnd(why: Exit | Error): string {
  return why instanceof Error ? why.message : describeExit(why)
}
