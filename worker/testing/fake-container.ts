// What the tests' Docker daemon takes for a container: a process of this machine.
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { type Duplex, Transform } from 'node:stream'
import type { ContainerCreateOptions } from 'dockerode'

export interface FakeContainer {
  id: string
  options: ContainerCreateOptions
  attached: Set<Duplex>
  child: ChildProcess | undefined
  state: { Status: string; Running: boolean; ExitCode: number; OOMKilled: boolean; Pid: number }
}

/** Runs its command. `outOfMemory` is asked at an end by SIGKILL, which is then one for want of memory. */
export function startContainer(container: FakeContainer, outOfMemory: () => boolean): void {
  const { Entrypoint = [], Cmd = [], Env = [] } = container.options
  const [program = '', ...rest] = [...Entrypoint, ...Cmd]
  const env = Object.fromEntries(Env.map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)]))
  const child = spawn(program, rest, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  container.child = child
  container.state = { ...container.state, Status: 'running', Running: true }
  const over = (ExitCode: number, OOMKilled = false) => {
    container.state = { ...container.state, Status: 'exited', Running: false, ExitCode, OOMKilled }
    for (const connection of container.attached) connection.end()
  }
  // As Docker's own init says it.
  child.once('error', () => {
    const fault = Buffer.from(`[FATAL tini (7)] exec ${program} failed: No such file or directory\n`)
    for (const connection of container.attached) connection.write(frame(2, fault))
    over(127)
  })
  const passed = [pass(child.stdout, 1, container), pass(child.stderr, 2, container)]
  child.once('close', async (code, signal) => {
    if (child.pid === undefined) return
    // What it has printed may still be on its way to who is attached.
    await Promise.all(passed)
    over(code ?? 128 + constants.signals[signal ?? 'SIGKILL'], signal === 'SIGKILL' && outOfMemory())
  })
}

/** Reads on when everybody who is attached can take more. Resolves when all of it was passed on. */
function pass(output: NodeJS.ReadableStream, type: number, { attached }: FakeContainer): Promise<void> {
  const framing = new Transform({ transform: (bytes, _, done) => done(null, frame(type, bytes)) })
  framing.on('data', (bytes) => {
    for (const connection of attached) {
      if (connection.destroyed || connection.write(bytes)) continue
      framing.pause()
      const resume = () => {
        connection.off('drain', resume).off('close', resume)
        framing.resume()
      }
      connection.on('drain', resume).on('close', resume)
    }
  })
  output.pipe(framing)
  return new Promise((resolve) => framing.once('end', resolve))
}

function frame(type: number, bytes: Buffer): Buffer {
  const header = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

/** SIGKILL goes to the whole group: with its first process a container ends. */
export function signalContainer({ child, state }: FakeContainer, signal: NodeJS.Signals): void {
  if (child?.pid === undefined || !state.Running) return
  try {
    process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal)
  } catch {
    // It has ended by itself.
  }
}
