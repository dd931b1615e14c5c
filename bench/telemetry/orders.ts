// A process of the benchmark's own that does what it is told: each order is answered by one message.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import * as v from 'valibot'

export interface Worker {
  pid: number
  /** The answer to an order. One order at a time. */
  order<const Schema extends v.GenericSchema>(order: object, answer: Schema): Promise<v.InferOutput<Schema>>
  stop(): Promise<void>
}

const ANSWER_LIMIT_MS = 30_000

const answered = v.object({ answer: v.unknown() })

/** Starts a file that calls `takeOrders`. */
export function startWorker(file: string): Worker {
  const child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'json' })
  if (child.pid === undefined) throw new Error(`${file} cannot be started.`)
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} has ended.`)
  })
  ended.catch(() => undefined)
  return {
    pid: child.pid,
    async order(order, answer) {
      child.send(order)
      const [message] = await Promise.race([
        once(child, 'message', { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }),
        ended,
      ])
      return v.parse(answer, v.parse(answered, message).answer)
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

/** Carries out the orders of the process that started this one, until that is gone. */
export function takeOrders<const Schema extends v.GenericSchema>(
  schema: Schema,
  carryOut: (order: v.InferOutput<Schema>) => Promise<unknown>,
): void {
  process.on('message', (message) => {
    carryOut(v.parse(schema, message)).then(
      (answer) => process.connected && process.send?.({ answer: answer ?? null }),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  process.on('disconnect', () => process.exit(0))
}
