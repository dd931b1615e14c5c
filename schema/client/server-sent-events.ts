// Reads server-sent events, as the HTML standard has them.

export interface ServerSentEvent {
  event: string
  data: string
  /** Of the last event that had one. */
  id: string
  /** How long to wait before connecting again, in milliseconds, where the server has said so. */
  retryMs: number | undefined
}

/** The events of a body as they come. One that is cut off in its middle is left out. */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let event = ''
  let data: string[] = []
  let id = ''
  let retryMs: number | undefined
  for await (const line of readLines(body)) {
    if (line === '') {
      if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id, retryMs }
      event = ''
      data = []
      continue
    }
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
    if (field === 'id') id = value
    if (field === 'retry' && /^\d+$/.test(value)) retryMs = Number(value)
  }
}

/** Lines without their ends, which are LF, CR or both. What comes after the last end is left out. */
async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of body) {
    // A CR at the end may be half of an end.
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    yield* lines
  }
}
