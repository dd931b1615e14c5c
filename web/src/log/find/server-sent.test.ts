import { expect, it } from 'vitest'
import { type LogEvent, readEvents } from './server-sent.ts'

async function read(...parts: string[]): Promise<LogEvent[]> {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part))
      controller.close()
    },
  })
  const events: LogEvent[] = []
  for await (const event of readEvents(body)) events.push(event)
  return events
}

const data = { seq: 3, at: '2026-11-25T10:00:00Z', stream: 'stderr', text: 'a: b\n', first_line: 7, attempt: 1 }
const sent = `id: 1.3\nevent: log\ndata: ${JSON.stringify(data)}\n\n`
const chunk = { seq: 3, at: '2026-11-25T10:00:00Z', stream: 'STDERR', text: 'a: b\n', firstLine: 7 }

it('reads chunks, wherever the answer is cut, and passes over what only keeps it open', async () => {
  expect(await read(sent.slice(0, 20), sent.slice(20), ': still here\n\n', sent)).toEqual([{ chunk }, { chunk }])
})

it('tells the end from an answer that was cut off', async () => {
  expect(await read(sent, 'event: end\ndata: {}\n\n')).toEqual([{ chunk }, 'over'])
  expect(await read('event: expired\ndata: {}\n\n')).toEqual(['over'])
  expect(await read(sent, sent.slice(0, 30))).toEqual([{ chunk }])
})

it('takes nothing that is no chunk', async () => {
  await expect(read('event: log\ndata: {"seq":"3"}\n\n')).rejects.toThrow()
})
