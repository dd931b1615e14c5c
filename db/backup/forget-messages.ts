// Messages of another past than that of a restored database.
import { STREAMS } from '@constellation/platform/events/subjects.ts'
import { connectNats } from '@constellation/platform/nats/nats.ts'
import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'

/** As JetStream says that there is no such stream. */
const NO_STREAM = 10_059

/**
 * Deletes the streams of events and of output, with the places of their readers; services make them again, and announce what
 * was not. What is on its way to the audit log stays: it was done, whatever became of it.
 */
export async function forgetMessages(url: string): Promise<void> {
  const nats = await connectNats(url, 'restore')
  try {
    const manager = await jetstreamManager(nats)
    for (const { name } of [STREAMS.EVENTS, STREAMS.LOGS]) {
      await manager.streams.delete(name).catch((error: unknown) => {
        if (!(error instanceof JetStreamApiError && error.code === NO_STREAM)) throw error
      })
    }
  } finally {
    await nats.close()
  }
}
