// What the tests' cluster takes for a node: runs each pod's command as a process of this machine, keeps its log, and
// tells how it is.
import { type ChildProcess, spawn } from 'node:child_process'
import type { ServerResponse } from 'node:http'
import { constants } from 'node:os'
import type { V1Pod } from '@kubernetes/client-node'
import type { Store, Stored } from './cluster-store.ts'

interface Line {
  /** In nanoseconds since 1970. */
  at: bigint
  text: string
}

interface Running {
  child: ChildProcess
  lines: Line[]
  /** What came without a newline yet. */
  rest: string
  readers: Set<(line: Line | undefined) => void>
  killTimer?: NodeJS.Timeout
}

export interface Kubelet {
  /** What waits, by image, for what reason; whatever is not here can be pulled. */
  images: Map<string, { reason: string; message: string }>
  /** Where it is set, no node takes a pod. */
  unplaced: string | undefined
  /** While true, an end by SIGKILL is one for want of memory. */
  outOfMemory: boolean
  /** All lines of the same so many milliseconds have the same time. */
  clockMs: number
  /** What a pod fails with before it begins. */
  refusal: { reason: string; message: string } | undefined
  take(pod: Stored): void
  /** Sends SIGTERM and, when the grace is over, SIGKILL; then the pod is gone. */
  end(pod: Stored, graceSeconds: number): void
  /** Ends the command at once, with what the cluster says of it. */
  strike(pod: Stored, status: object): void
  sendLog(pod: string, query: URLSearchParams, response: ServerResponse): boolean
  stop(): void
}

export function createKubelet(store: Store): Kubelet {
  const running = new Map<string, Running>()
  const kubelet: Kubelet = {
    images: new Map(),
    unplaced: undefined,
    outOfMemory: false,
    clockMs: 0,
    refusal: undefined,
    take: (pod) => take(kubelet, store, running, pod),
    end: (pod, graceSeconds) => {
      const mine = running.get(pod.metadata.uid)
      if (!mine || !isAlive(mine.child)) return store.remove(pod)
      signal(mine.child, 'SIGTERM')
      clearTimeout(mine.killTimer)
      mine.killTimer = setTimeout(() => signal(mine.child, 'SIGKILL'), graceSeconds * 1_000)
    },
    strike: (pod, status) => {
      const mine = running.get(pod.metadata.uid)
      store.change(pod, { status })
      if (mine) signal(mine.child, 'SIGKILL')
    },
    sendLog: (name, query, response) => sendLog(running, store.find('Pod', name), query, response),
    stop: () => {
      for (const { child, killTimer } of running.values()) {
        clearTimeout(killTimer)
        signal(child, 'SIGKILL')
      }
    },
  }
  return kubelet
}

function take(kubelet: Kubelet, store: Store, running: Map<string, Running>, stored: Stored): void {
  const pod = stored as unknown as V1Pod
  const [container] = pod.spec?.containers ?? []
  const image = container?.image ?? ''
  const wait = kubelet.images.get(image)
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: kubelet.unplaced }
  if (kubelet.unplaced !== undefined)
    return void store.change(stored, { status: { phase: 'Pending', conditions: [condition] } })
  if (kubelet.refusal) return void store.change(stored, { status: { phase: 'Failed', ...kubelet.refusal } })
  const conditions = [{ type: 'PodScheduled', status: 'True' }]
  const status = (state: object) => ({ conditions, containerStatuses: [{ name: 'run', image, state }] })
  if (wait) return void store.change(stored, { status: { phase: 'Pending', ...status({ waiting: wait }) } })
  const [program = '', ...rest] = (container?.command ?? []).map((text) => expand(text))
  const env = Object.fromEntries((container?.env ?? []).map((each) => [each.name, variableOf(store, each)]))
  const child = spawn(program, rest, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const mine: Running = { child, lines: [], rest: '', readers: new Set() }
  running.set(stored.metadata.uid, mine)
  for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (bytes) => keepOutput(kubelet, mine, String(bytes)))
  const over = (terminated: object) => {
    if (mine.rest !== '') addLine(kubelet, mine, mine.rest)
    tellAll(mine, undefined)
    clearTimeout(mine.killTimer)
    const phase = Object(terminated).exitCode === 0 ? 'Succeeded' : 'Failed'
    store.change(stored, { status: { phase, containerStatuses: status({ terminated }).containerStatuses } })
    if (stored.metadata.deletionTimestamp) store.remove(stored)
  }
  child.once('error', ({ message }) => over({ exitCode: 128, reason: 'StartError', message }))
  child.once('spawn', () => store.change(stored, { status: { phase: 'Running', ...status({ running: {} }) } }))
  child.once('close', (code, name) => {
    if (child.pid === undefined) return
    const exitCode = code ?? 128 + constants.signals[name ?? 'SIGKILL']
    over({ exitCode, reason: name === 'SIGKILL' && kubelet.outOfMemory ? 'OOMKilled' : 'Error' })
  })
}

function variableOf(
  store: Store,
  { value = '', valueFrom }: { value?: string; valueFrom?: { secretKeyRef?: { name?: string; key: string } } },
) {
  const { name = '', key = '' } = valueFrom?.secretKeyRef ?? {}
  const data = Object(store.find('Secret', name)?.stringData)
  return valueFrom ? String(data[key]) : expand(value)
}

/** As Kubernetes does: `$$` is a dollar, and `$(NAME)` a variable, of which these tests know none. */
function expand(text: string): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (found) => (found === '$$' ? '$' : 'expanded'))
}

function keepOutput(kubelet: Kubelet, mine: Running, text: string): void {
  const lines = (mine.rest + text).split('\n')
  mine.rest = lines.pop() ?? ''
  for (const line of lines) addLine(kubelet, mine, `${line}\n`)
}

function addLine({ clockMs }: Kubelet, mine: Running, text: string): void {
  const now = Date.now()
  const last = mine.lines.at(-1)?.at ?? 0n
  const own = BigInt(clockMs > 0 ? now - (now % clockMs) : now) * 1_000_000n
  const line = { at: clockMs > 0 || own > last ? own : last + 1n, text }
  mine.lines.push(line)
  tellAll(mine, line)
}

function tellAll({ readers }: Running, line: Line | undefined): void {
  for (const tell of readers) tell(line)
}

/** False where there is no such log. */
function sendLog(
  running: Map<string, Running>,
  pod: Stored | undefined,
  query: URLSearchParams,
  response: ServerResponse,
): boolean {
  const mine = running.get(pod?.metadata.uid ?? '')
  if (!mine || query.get('container') !== 'run') return false
  const since = query.get('sinceTime')
  const from = since === null ? 0n : BigInt(Date.parse(since)) * 1_000_000n
  const timestamps = query.get('timestamps') === 'true'
  const tell = (line: Line | undefined) => {
    if (!line) response.end()
    else if (line.at >= from) response.write(timestamps ? `${timeOf(line.at)} ${line.text}` : line.text)
  }
  response.writeHead(200, { 'content-type': 'text/plain' }).flushHeaders()
  mine.lines.forEach(tell)
  if (query.get('follow') !== 'true' || !isAlive(mine.child)) response.end()
  else {
    mine.readers.add(tell)
    response.once('close', () => mine.readers.delete(tell))
  }
  return true
}

/** RFC 3339 with as many digits as it takes. */
function timeOf(at: bigint): string {
  const whole = new Date(Number(at / 1_000_000n)).toISOString().slice(0, 19)
  const fraction = String(at % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '')
  return `${whole}${fraction === '' ? '' : `.${fraction}`}Z`
}

function isAlive({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null
}

/** To its first process; with that, all of a container is killed. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(name === 'SIGKILL' ? -child.pid : child.pid, name)
  } catch {
    // It has ended.
  }
}
