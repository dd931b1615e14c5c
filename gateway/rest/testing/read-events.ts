// For tests: the events of an answer, as server-sent events are read.
interface LogEvent {
  id: string | undefined
  event: string
  data: Record<string, unknown>
}

/** The events of an answer as they come; heartbeats are counted. */
export async function* eventsOf(response: Response, seen = { heartbeats: 0 }): AsyncGenerator<LogEvent> {
  let rest = ''
  if (!response.body) return
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + part).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      if (block.startsWith(':')) seen.heartbeats++
      const fields = new Map(
        block
          .split('\n')
          .map((line): [string, string] => [line.split(': ')[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
      )
      const event = fields.get('event')
      if (event) yield { id: fields.get('id'), event, data: JSON.parse(fields.get('data') ?? '') }
    }
  }
}

export async function all(response: Response): Promise<LogEvent[]> {
  const events: LogEvent[] = []
  for await (const event of eventsOf(response)) events.push(event)
  return events
}

export async function take(events: AsyncGenerator<LogEvent>): Promise<LogEvent> {
  const { value } = await events.next()
  return value
}
