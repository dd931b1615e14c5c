// One part of a step: what everybody used and wrote while it lasted.
import { cpus } from 'node:os'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Worker as Process } from '../telemetry/orders.ts'
import { watchCpu } from './cpu-watch.ts'
import { type Heard, hearAll, type watchLag } from './listen.ts'
import { type Ledger, type Stored, since } from './stored.ts'
import type { System } from './system.ts'
import { type Tally, tallied } from './tally.ts'

export interface Bench {
  system: System
  crew: Process
  nats: NatsConnection
  ledger: Ledger
  lag: ReturnType<typeof watchLag>
}

export interface Part {
  seconds: number
  /** By program and kind of process, in milliseconds. */
  cpuMs: Record<string, number>
  /** Of the machine, as a share of 1, whoever used it. */
  busy: number
  stored: Stored
  tally: Tally
  /** How old events were when they came, in ms. */
  lags: number[]
  heard: Heard
}

const HEAR_SECONDS = 4

/** Measures while `work` goes on, which takes at least some seconds. */
export async function measurePart(bench: Bench, work: Promise<unknown>): Promise<Part> {
  const { system, crew, nats, ledger, lag } = bench
  const cpu = watchCpu({ ...system.pids, 'workers (simulated)': crew.pid })
  const before = { stored: await ledger.look(), at: performance.now(), machine: machineMs() }
  await crew.order({ kind: 'report' }, tallied)
  lag.take()
  try {
    const [heard] = await Promise.all([hearAll(nats, HEAR_SECONDS), work])
    const tally = await crew.order({ kind: 'report' }, tallied)
    const seconds = (performance.now() - before.at) / 1_000
    const machine = machineMs()
    return {
      seconds,
      cpuMs: cpu.used(),
      busy: (machine.busy - before.machine.busy) / (machine.all - before.machine.all),
      stored: since(before.stored, await ledger.look()),
      tally,
      lags: lag.take(),
      heard,
    }
  } finally {
    cpu.stop()
  }
}

function machineMs(): { busy: number; all: number } {
  const times = cpus().map(({ times }) => times)
  const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0)
  return { busy, all: busy + times.reduce((sum, { idle }) => sum + idle, 0) }
}
