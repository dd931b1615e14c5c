// The log as the REST interface sends it: server-sent events, whose data are checked.
import * as v from 'valibot'
import type { Chunk } from '../chunks.ts'

const STREAMS = { stdout: 'STDOUT', stderr: 'STDERR', system: 'SYSTEM' } as const

const logEvent = v.object({
  seq: v.number(),
  at: v.string(),
  stream: v.picklist(['stdout', 'stderr', 'system']),
  text: v.string(),
  first_line: v.number(),
})

/** `over` where nothing follows. */
export type LogEvent = { chunk: Chunk } | 'over'

/**
 * Reads the events of an answer as they come. Its end without `over` means that it was cut off.
 * @throws where it breaks off, or is no such answer
 */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<LogEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const blocks = (rest + read.value).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = eventOf(block)
        if (event) yield event
      }
    }
  } finally {
    // Who has enough closes the connection.
    await reader.cancel().catch(() => {})
  }
}

function eventOf(block: string): LogEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()]
    }),
  )
  const kind = fields.get('event')
  if (kind === 'end' || kind === 'expired') return 'over'
  if (kind !== 'log') return undefined
  const { seq, at, stream, text, first_line: firstLine } = v.parse(logEvent, JSON.parse(fields.get('data') ?? ''))
  return { chunk: { seq, at, stream: STREAMS[stream], text, firstLine } }
}
