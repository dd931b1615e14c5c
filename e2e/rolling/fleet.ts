// Two of each service, two gateways and two workers on one PostgreSQL and one NATS, each kind behind a line that leads
// every new connection to one of those in service, by turns: what a Service is in a cluster.
import { freePort } from '@constellation/local/free-port.ts'
import type { Program } from '@constellation/local/stack/stack-parts.ts'
import { environmentGiven } from '../faults/config.ts'
import { type Line, openProxy } from '../faults/proxy.ts'
import { openRig, type Rig, type Served } from '../faults/rig.ts'
import { until } from '../faults/until.ts'

/** In the order in which a new release rolls out: who is asked before who asks. */
const KINDS = ['jobs', 'gpus', 'usage', 'gateway'] as const satisfies readonly (Program & Served)[]

export interface Copy {
  /** Of its process, as the rig knows it. */
  name: string
  kind: Served
  host: string
}

export interface Fleet {
  rig: Rig
  copies: readonly Copy[]
  /** Where clients come in. */
  url: string
  /** New connections to its kind lead to the others from now on, or to it, too. */
  takeOut(copy: Copy): void
  putIn(copy: Copy): void
  close(): Promise<void>
}

/** @throws what does not start; nothing is left running then */
export async function openFleet(print: (line: string) => void = () => {}): Promise<Fleet> {
  const rig = await openRig({ print })
  let front: Line | undefined
  const close = async () => {
    await front?.close()
    await rig.close()
  }
  try {
    const copies: Copy[] = []
    const out = new Set<Copy>()
    const hostsOf = (kind: Served) =>
      copies.filter((copy) => copy.kind === kind && !out.has(copy)).map(({ host }) => host)
    for (const kind of KINDS) {
      copies.push({ name: kind, kind, host: `127.0.0.1:${environmentGiven(rig.home, kind).PORT}` })
      copies.push(await startSecond(rig, kind))
      rig.serve(kind, hostsOf(kind))
    }
    // From here on both are reached by both ways that there are.
    for (const kind of KINDS) rig.lines[kind].drop()
    front = await openProxy(() => hostsOf('gateway'))
    const url = `http://${front.host}`
    await rig.startSecondWorker({ GATEWAY_URL: url })
    return {
      rig,
      copies,
      url,
      takeOut(copy) {
        out.add(copy)
        rig.serve(copy.kind, hostsOf(copy.kind))
      },
      putIn(copy) {
        out.delete(copy)
        rig.serve(copy.kind, hostsOf(copy.kind))
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** It has all that the first one has, but for its port; of the ways to the services, the lines. */
async function startSecond(rig: Rig, kind: (typeof KINDS)[number]): Promise<Copy> {
  const port = await freePort()
  const own: Record<string, string> =
    kind === 'gateway'
      ? Object.fromEntries(
          (['jobs', 'gpus', 'usage'] as const).map((to) => [`${to.toUpperCase()}_URL`, `http://${rig.lines[to].host}`]),
        )
      : kind === 'jobs'
        ? { LEASE_MS: String(rig.leaseMs) }
        : {}
  await rig.start(`${kind}-two`, kind, { ...own, PORT: String(port) })
  const copy = { name: `${kind}-two`, kind, host: `127.0.0.1:${port}` }
  await untilReady(copy)
  return copy
}

/** Resolves when it says that it is ready. */
export function untilReady({ name, host }: Copy): Promise<void> {
  return until(`${name} is ready`, async () => (await fetch(`http://${host}/readyz`)).ok)
}
