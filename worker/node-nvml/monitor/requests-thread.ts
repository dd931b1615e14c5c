// The thread that asks NVML, one request after the other.
import { parentPort, workerData } from 'node:worker_threads'
import { type Nvml, openNvml } from '../nvml.ts'
import { healthOfAll } from './health.ts'
import { watchMachine } from './machine.ts'
import {
  type FromRequestsThread,
  failureOf,
  GENERATION,
  type Kind,
  type Reply,
  type ThreadData,
  type ToRequestsThread,
} from './messages.ts'
import { processesOfAll } from './processes.ts'

const { library, control }: ThreadData = workerData

main()

function main(): void {
  try {
    serve(openNvml(library))
  } catch (error) {
    say({ type: 'not opened', failure: failureOf(error) })
  }
}

function serve(nvml: Nvml): void {
  const machine = watchMachine(nvml, () => void Atomics.add(control, GENERATION, 1))
  const answers: Readonly<Record<Kind, () => Reply>> = {
    describe: () => ({ kind: 'describe', value: machine.survey() }),
    sample: () => ({ kind: 'sample', value: machine.sample() }),
    processes: () => ({ kind: 'processes', value: processesOfAll(nvml, machine.known()) }),
    health: () => ({ kind: 'health', value: healthOfAll(machine.known()) }),
  }
  try {
    machine.survey()
  } catch (error) {
    shutdown(nvml)
    throw error
  }
  parentPort?.on('message', (message: ToRequestsThread) => {
    if (message === 'close') end(nvml)
    else answer(message, answers[message])
  })
  say({ type: 'opened' })
}

function answer(kind: Kind, reply: () => Reply): void {
  try {
    say({ type: 'answered', reply: reply() })
  } catch (error) {
    say({ type: 'failed', kind, failure: failureOf(error) })
  }
}

function end(nvml: Nvml): void {
  parentPort?.close()
  shutdown(nvml)
}

function shutdown(nvml: Nvml): void {
  try {
    nvml.shutdown()
  } catch {
    // The driver went away before: there is nothing left to shut down.
  }
}

function say(message: FromRequestsThread): void {
  parentPort?.postMessage(message)
}
