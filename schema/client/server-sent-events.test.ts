import { expect, test } from 'vitest'
import { readEvents } from './server-sent-events.ts'

/** The events of a body that comes in these parts. */
async function read(...parts: (string | Uint8Array)[]) {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(typeof part === 'string' ? encoder.encode(part) : part)
      controller.close()
    },
  })
  const events = []
  for await (const { event, data, id, retryMs } of readEvents(body)) {
    events.push(retryMs === undefined ? [event, data, id] : [event, data, id, retryMs])
  }
  return events
}

const TEXT = ':\n\nid: 1.0\nevent: log\ndata: {"text":"é"}\n\nevent: expired\ndata: a\ndata: b\n\ndata:x\n\n'
const EVENTS = [
  ['log', '{"text":"é"}', '1.0'],
  ['expired', 'a\nb', '1.0'],
  ['message', 'x', '1.0'],
]

test('events come with the last id, and comments are none', async () => {
  expect(await read(TEXT)).toEqual(EVENTS)
})

test('it does not matter where the bytes are cut, and how lines end', async () => {
  for (const text of [TEXT, TEXT.replaceAll('\n', '\r\n')]) {
    const bytes = new TextEncoder().encode(text)
    for (let at = 1; at < bytes.length; at++) expect(await read(bytes.slice(0, at), bytes.slice(at))).toEqual(EVENTS)
    expect(await read(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(EVENTS)
  }
})

test('an event that is cut off is none', async () => {
  expect(await read('data: whole\n\nid: 2\ndata: half\n')).toEqual([['message', 'whole', '']])
})

test('how long to wait is told with each event', async () => {
  expect(await read('retry: 5\n\ndata: x\n\nretry: soon\ndata: y\n\n')).toEqual([
    ['message', 'x', '', 5],
    ['message', 'y', '', 5],
  ])
})
