// The faults of simulated GPUs: a file in the worker's home, a line each, to which the worker and whoever wants to see
// a GPU fail append. It outlives the worker, and so do the faults.
import { appendFile, open } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { fault } from './fault.ts'

const line = v.object({
  /** A UUID, or the index of a GPU. */
  gpu: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** In words, as `fault.ts` has them. */
  fault,
  /** Which of the faults that a run has asked for this is. */
  cause: v.optional(v.pipe(v.string(), v.maxLength(64))),
})
export type FaultLine = v.InferOutput<typeof line>

/** Older lines of a file that has grown beyond all reason are as good as healed. */
const MOST_BYTES = 65_536

export function faultLogPath(home: string): string {
  return join(home, 'gpu-faults.jsonl')
}

/** Adds a line; a line as short as these is written whole, whoever else writes. */
export async function appendFault(path: string, entry: v.InferInput<typeof line>): Promise<void> {
  await appendFile(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
}

/** Answers with the lines that came since it was asked before, at first with all; what is no line is left out. */
export function faultReader(path: string): () => Promise<FaultLine[]> {
  let offset: number | undefined
  return async () => {
    const tail = await readFrom(path, offset)
    if (tail === undefined) return []
    // What stands behind the last end of a line is still being written.
    const whole = tail.bytes.subarray(0, tail.bytes.lastIndexOf(0x0a) + 1)
    offset = tail.from + whole.length
    return whole.toString('utf8').split('\n').flatMap(readLine)
  }
}

async function readFrom(
  path: string,
  offset: number | undefined,
): Promise<{ bytes: Buffer; from: number } | undefined> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return undefined
  try {
    const { size } = await file.stat()
    // A file that is shorter than it was is another one.
    const from = Math.max(offset === undefined || offset > size ? 0 : offset, size - MOST_BYTES)
    if (size === from) return { bytes: Buffer.alloc(0), from }
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
    return { bytes: buffer.subarray(0, bytesRead), from }
  } finally {
    await file.close()
  }
}

function readLine(text: string): FaultLine[] {
  try {
    const result = v.safeParse(line, JSON.parse(text))
    return result.success ? [result.output] : []
  } catch {
    return []
  }
}
