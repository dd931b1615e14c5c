// The file of a run's log. It outlives a full disk: what cannot be written waits, within bounds, until it can.
import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** More than this waiting for the disk is congestion. */
const BUFFER_BYTES = 1 << 20
/** How often a disk that took nothing is tried again. */
const RETRY_MS = 500

export interface Spool {
  /** Adds a line, without its newline; `outputBytes` is how much of a command's output it stands for. */
  write(line: string, outputBytes: number): void
  /** True while so much waits that no more should come. */
  congested(): boolean
  /** True while the disk takes nothing. */
  full(): boolean
  /** Returns when all of it is written, or cannot be: then with the bytes of output that are lost. */
  close(): Promise<{ whole: boolean; lostBytes: number }>
}

interface Line {
  bytes: Buffer
  outputBytes: number
}

/** `onRoom` is called when the spool is no longer congested, or is full, which nobody should wait for. */
export function openSpool(path: string, onRoom: () => void): Spool {
  let file: FileHandle | undefined
  const waiting: Line[] = []
  let waitingBytes = 0
  let full = false
  let closing = false
  let writing: Promise<void> | undefined

  const drain = async () => {
    for (let line = waiting[0]; line; line = waiting[0]) {
      const written = await append(line.bytes)
      full = written < line.bytes.length
      waitingBytes -= written
      if (full) {
        // The rest of a line that was cut off comes right behind it.
        line.bytes = line.bytes.subarray(written)
        onRoom()
        if (closing) return
        await delay(RETRY_MS)
      } else {
        waiting.shift()
        if (waitingBytes < BUFFER_BYTES) onRoom()
      }
    }
  }

  /** Returns how much was written. Whatever keeps the disk from taking it may pass. */
  const append = async (bytes: Buffer): Promise<number> => {
    let written = 0
    try {
      file ??= await open(path, 'a', 0o600)
      while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten
    } catch {
      // There was room for as much as is written.
    }
    return written
  }

  const start = () => {
    writing ??= drain().finally(() => {
      writing = undefined
      if (waiting.length > 0 && !closing) start()
    })
  }

  return {
    write: (line, outputBytes) => {
      const bytes = Buffer.from(`${line}\n`)
      waiting.push({ bytes, outputBytes })
      waitingBytes += bytes.length
      start()
    },
    congested: () => waitingBytes >= BUFFER_BYTES,
    full: () => full,
    close: async () => {
      closing = true
      await writing
      if (waiting.length > 0) await drain()
      await file?.close()
      return { whole: waiting.length === 0, lostBytes: waiting.reduce((sum, { outputBytes }) => sum + outputBytes, 0) }
    },
  }
}
