// Brings a run's log from its spool to JetStream, every record once.
import { type FileHandle, open } from 'node:fs/promises'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { unlessDiskIsFull } from '../shim/disk.ts'
import { writeJson } from '../shim/files.ts'
import type { Run, Worker } from '../worker.ts'
import { readPublished } from './run-records.ts'
import type { DirectoryWatch } from './watch-directory.ts'

/** How much is under way at a time. A record is at most 64 KiB of text, in JSON six times that. */
const BATCH_BYTES = 1 << 20
const BATCH_RECORDS = 500
/** How often, at most, the place is written down. What is published again after a crash, JetStream knows by its id. */
const NOTE_MS = 1_000
const NEWLINE = 10

/** Returns when the whole log is acknowledged. Waits for NATS as long as it takes. */
export async function publishLog(worker: Worker, run: Run, watch: DirectoryWatch): Promise<void> {
  const { runId } = run.spec
  const subject = SUBJECTS.runLog(worker.id, runId)
  const signal = AbortSignal.any([run.lost.signal, worker.stopped.signal])
  let { seq, offset } = (await readPublished(run.files.published)) ?? { seq: 0, offset: 0 }
  let notedAt = performance.now()
  const spool = await openSpool(run, watch, signal)
  try {
    while (run.logChunks === undefined || seq < run.logChunks) {
      signal.throwIfAborted()
      const change = watch.next()
      const stored = spool ? await readRecords(spool, offset) : []
      const records = stored.length > 0 ? stored : restOf(run, seq)
      if (records.length === 0) {
        await change
        continue
      }
      const messages = records.map((bytes, index) => ({ id: `${runId}.${seq + index}`, bytes }))
      await worker.bus.publishDurably(subject, messages, signal)
      seq += records.length
      for (const { length } of stored) offset += length + 1
      if (performance.now() - notedAt < NOTE_MS) continue
      // A full disk costs no more than that some of it is published again after a crash.
      await writeJson(run.files.published, { seq, offset }).catch(unlessDiskIsFull)
      notedAt = performance.now()
    }
  } finally {
    await spool?.close()
  }
}

/** The records from `seq` on that end the log, and for which the disk had no room. */
function restOf({ logChunks, logRest }: Run, seq: number): Buffer[] {
  return logChunks === undefined ? [] : logRest.slice(Math.max(0, seq - (logChunks - logRest.length)))
}

/** The spool is made by the shim, which may still be starting. There may never be one where the disk is full. */
async function openSpool(run: Run, watch: DirectoryWatch, signal: AbortSignal): Promise<FileHandle | undefined> {
  while (run.logChunks === undefined || run.logChunks > run.logRest.length) {
    signal.throwIfAborted()
    const change = watch.next()
    try {
      return await open(run.files.output, 'r')
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
    await change
  }
  return undefined
}

/** The whole lines from `offset` on, as they are: each is a record's JSON, line n being the one with `seq` n. */
async function readRecords(spool: FileHandle, offset: number): Promise<Buffer[]> {
  const { size } = await spool.stat()
  const buffer = Buffer.alloc(Math.min(BATCH_BYTES, Math.max(0, size - offset)))
  const { bytesRead } = await spool.read(buffer, 0, buffer.length, offset)
  const bytes = buffer.subarray(0, bytesRead)
  const records: Buffer[] = []
  for (let start = 0; records.length < BATCH_RECORDS; ) {
    const end = bytes.indexOf(NEWLINE, start)
    if (end === -1) break
    records.push(bytes.subarray(start, end))
    start = end + 1
  }
  if (records.length === 0 && bytesRead === BATCH_BYTES) throw new Error('A record in the spool is too long.')
  return records
}
