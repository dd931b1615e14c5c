// A container's two outputs come as one stream of frames: a byte for which of them, three of nothing, four for the
// length of what follows.
import type { Readable, Writable } from 'node:stream'

const HEADER_BYTES = 8
const STDERR = 2

/** Where the two outputs go. */
export interface Sinks {
  stdout: Writable
  stderr: Writable
}

/**
 * Parts the stream into its two; frames of any length pass piece by piece. While one of the two takes no more, nothing
 * is read. Returns when the stream has ended or broken off, with the sinks still open.
 */
export function demultiplex(source: Readable, sinks: Sinks): Promise<void> {
  const part = createParser((stderr, bytes) => {
    const sink = stderr ? sinks.stderr : sinks.stdout
    if (!sink.destroyed && !sink.write(bytes)) source.pause()
  })
  const resume = () => {
    if (![sinks.stdout, sinks.stderr].some((sink) => !sink.destroyed && sink.writableNeedDrain)) source.resume()
  }
  return new Promise((resolve) => {
    for (const sink of [sinks.stdout, sinks.stderr]) {
      sink.on('drain', resume)
      // Nobody listens any more: what still comes is let go, so that the container is not held up.
      sink.once('close', resume)
    }
    source.on('data', part)
    // A connection that broke is one that ended: what the container does is found out elsewhere.
    source.once('error', () => source.destroy())
    source.once('end', resolve)
    source.once('close', resolve)
  })
}

/** Takes the stream in pieces of any size, and hands on the payload of its frames. */
function createParser(hand: (stderr: boolean, bytes: Buffer) => void): (piece: Buffer) => void {
  const header = Buffer.alloc(HEADER_BYTES)
  let headerBytes = 0
  let payloadBytes = 0
  return (piece) => {
    for (let at = 0; at < piece.length; ) {
      if (payloadBytes === 0) {
        const copied = piece.copy(header, headerBytes, at, at + HEADER_BYTES - headerBytes)
        at += copied
        headerBytes += copied
        if (headerBytes < HEADER_BYTES) return
        headerBytes = 0
        payloadBytes = header.readUInt32BE(4)
        continue
      }
      const bytes = piece.subarray(at, at + payloadBytes)
      at += bytes.length
      payloadBytes -= bytes.length
      hand(header[0] === STDERR, bytes)
    }
  }
}
