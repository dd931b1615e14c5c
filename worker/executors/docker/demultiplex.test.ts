import { PassThrough, Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { demultiplex } from './demultiplex.ts'

function frame(type: number, payload: string): Buffer {
  const bytes = Buffer.from(payload)
  const header = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

/** What comes out of a stream that arrives in these pieces. */
async function part(pieces: readonly Buffer[]) {
  const sinks = { stdout: new PassThrough(), stderr: new PassThrough() }
  const outputs = Promise.all([text(sinks.stdout), text(sinks.stderr)])
  await demultiplex(Readable.from(pieces, { objectMode: false }), sinks)
  sinks.stdout.end()
  sinks.stderr.end()
  return outputs
}

test('frames are put together again, wherever the stream is split', async () => {
  const whole = Buffer.concat([frame(1, 'one\n'), frame(2, 'fault ü\n'), frame(1, ''), frame(1, 'two'), frame(2, '!')])
  const expected = ['one\ntwo', 'fault ü\n!']
  for (let at = 0; at <= whole.length; at += 1) {
    expect(await part([whole.subarray(0, at), whole.subarray(at)])).toEqual(expected)
  }
  expect(await part(Array.from(whole, (byte) => Buffer.from([byte])))).toEqual(expected)
})

test('a stream that breaks off gives what had come', async () => {
  expect(await part([frame(1, 'before'), frame(1, 'cut off').subarray(0, 11)])).toEqual(['beforecut', ''])
})

test('while one output is not read, no more than its buffer is read of the stream', async () => {
  let read = 0
  let resume = () => undefined as unknown
  const source = new Readable({
    read() {
      if (read++ < 1_000) this.push(frame(1, 'x'.repeat(10_000)))
      else this.push(null)
    },
  })
  const held = Promise.withResolvers<void>()
  const slow = new Writable({
    write: (_, _encoding, done) => {
      resume = done
      held.resolve()
    },
  })
  const ended = demultiplex(source, { stdout: slow, stderr: new PassThrough() })
  await held.promise
  await new Promise((resolve) => setImmediate(resolve))
  expect(source.isPaused()).toBe(true)
  expect(read).toBeLessThan(20)
  slow._write = (_, _encoding, done) => done()
  resume()
  await ended
  expect(read).toBe(1_001)
})

test('when nobody listens any more the stream is read on, so that the container is not held up', async () => {
  const stdout = new PassThrough()
  const frames = Array.from({ length: 100 }, () => frame(1, 'x'.repeat(10_000)))
  const ended = demultiplex(Readable.from(frames, { objectMode: false }), { stdout, stderr: new PassThrough() })
  await new Promise((resolve) => setImmediate(resolve))
  stdout.destroy()
  await expect(ended).resolves.toBeUndefined()
})
