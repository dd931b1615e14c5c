// The output of runs: taken from the workers' stream, stored, and only then announced to those who follow.

import { invalidInput } from '@constellation/platform/errors.ts'
import { type LogRecord, logRecord } from '@constellation/platform/events/log-record.ts'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { startConsumer } from '@constellation/platform/nats/consume.ts'
import { decode, type NatsLink } from '@constellation/platform/nats/nats.ts'
import type { JsMsg } from '@nats-io/jetstream'
import type { Pool, PoolClient } from 'pg'
import type { Run } from '../entities.ts'
import { chunkOfLine, insertChunks, readChunks, type StoredChunk } from '../sql/log-chunks.ts'

const MOST_CHUNKS = 500

/** As much of a run as its log is about; what is left out is not known yet. */
type LoggedRun = Pick<Run, 'id'> & Partial<Pick<Run, 'logChunks' | 'logExpiredAt'>>

/** A part of a run's stored log; `ended` is true where nothing follows it, `expired` where it is kept no longer. */
export interface LogPage {
  chunks: StoredChunk[]
  ended: boolean
  expired: boolean
}

/**
 * Reads a run's stored log behind chunk `after`, and not before the chunk that holds the beginning of line `fromLine`:
 * at most `first` chunks.
 * @throws ConstellationError BAD_USER_INPUT where there can be no such part
 */
export async function readLog(
  client: Pool | PoolClient,
  run: LoggedRun,
  after: number,
  first: number,
  fromLine = 0,
): Promise<LogPage> {
  if (first < 1 || first > MOST_CHUNKS)
    throw invalidInput([{ path: 'first', message: `must be from 1 to ${MOST_CHUNKS}` }])
  if (after < -1) throw invalidInput([{ path: 'after', message: 'must be at least -1' }])
  if (fromLine < 0) throw invalidInput([{ path: 'fromLine', message: 'must be at least 0' }])
  if (run.logExpiredAt) return { chunks: [], ended: true, expired: true }
  const before = fromLine > 0 ? (await chunkOfLine(client, run.id, fromLine)) - 1 : -1
  const chunks = await readChunks(client, run.id, Math.max(after, before), first)
  const last = chunks.at(-1)
  // The log of a run that never began has no end chunk, and is whole all the same.
  const whole = run.logChunks != null && (last?.seq ?? after) + 1 >= run.logChunks
  return { chunks, ended: whole || (last?.end ?? false), expired: false }
}

/** Tells followers of a run that this record is stored. */
export function logPublisher(nats: NatsLink): (record: LogRecord) => void {
  return (record) => nats.publish(SUBJECTS.storedLog(record.runId), JSON.stringify(record))
}

/** Stores what workers send until stopped. */
export function startLogStore(options: { pool: Pool; nats: NatsLink; log: Logger }) {
  const { pool, nats, log } = options
  const publish = logPublisher(nats)
  return startConsumer({
    nats,
    log,
    stream: STREAMS.LOGS.name,
    durable: 'jobs-logs',
    subject: STREAMS.LOGS.subjects[0],
    async handle(messages) {
      const records = messages.flatMap((message) => read(message, log) ?? [])
      if (records.length === 0) return
      for (const { workerId: _, ...record } of await insertChunks(pool, records)) publish(record)
    },
  })
}

/** The record in a message, with the worker that its subject names; null where it is none, as it never will be one. */
function read(message: JsMsg, log: Logger): (LogRecord & { workerId: string }) | null {
  const decoded = decode(logRecord, message.data)
  const [, workerId, runId] = message.subject.split('.')
  if ('fault' in decoded || workerId === undefined || runId !== decoded.value.runId) {
    log.warn(
      { subject: message.subject, fault: 'fault' in decoded ? decoded.fault : 'the subject names another run' },
      'a log record was left out',
    )
    return null
  }
  // PostgreSQL stores neither a NUL nor half a character; the reader sees that something was there.
  return { ...decoded.value, workerId, text: decoded.value.text.replaceAll('\0', '\uFFFD').toWellFormed() }
}
