// Looks through a whole log beside the page, which stays free however long that takes. It keeps what it has read, so
// that the next pattern need not wait for the network.
import type { Chunk } from '../chunks.ts'
import { compile } from './pattern.ts'
import type { Order, Report } from './protocol.ts'
import { createScan, freshCount, hasEnough, type Scan, takeChunk, tellFindings } from './scan.ts'
import { readEvents } from './server-sent.ts'

/** What is kept of a log, in characters; what is behind that is read again for each pattern. */
const KEPT_CHARACTERS = 64_000_000

/** How many lines it finds before it tells: the page takes them at once. */
const SLICE_LINES = 1000

/** How long it looks before it tells what it has found, in milliseconds. */
const SLICE_MS = 50

/** After the connection broke, in milliseconds. */
const AGAIN_MS = 2000

const kept: Chunk[] = []
let keptCharacters = 0
/** False once something was read that was not kept. */
let isKeeping = true
/** True once the log has ended and all of it is kept. */
let isWhole = false
let current = new AbortController()

addEventListener('message', ({ data: order }: MessageEvent<Order>) => {
  current.abort()
  current = new AbortController()
  const { signal } = current
  void find(order, signal).catch((fault: unknown) => {
    if (!signal.aborted) report({ kind: 'failed', id: order.id, message: String(fault) })
  })
})

async function find(order: Order, signal: AbortSignal): Promise<void> {
  const compiled = compile(order.pattern)
  if ('problem' in compiled) return
  const scan = createScan(compiled.expression, order.context)
  const look = createLooker(scan, order.id, signal)
  // The page hears that this is at work: a log that says nothing for long is no pattern that takes too long.
  look.tell()
  for (const chunk of kept) {
    if (hasEnough(scan)) break
    await look.at(chunk)
  }
  while (!isWhole && !hasEnough(scan) && !(await readOn(scan, order, signal, look))) await pause(AGAIN_MS, signal)
  look.tell(true)
}

interface Looker {
  at: (chunk: Chunk) => Promise<void>
  tell: (isDone?: boolean) => void
}

/** Looks at chunks, and tells what it has found from time to time and soon after the last one. */
function createLooker(scan: Scan, id: number, signal: AbortSignal): Looker {
  let began: number | undefined
  let soon: ReturnType<typeof setTimeout> | undefined
  const tell = (isDone = false) => {
    clearTimeout(soon)
    soon = undefined
    began = undefined
    if (!signal.aborted) report({ kind: 'found', id, findings: tellFindings(scan), isDone })
  }
  const at = async (chunk: Chunk) => {
    if (began === undefined) report({ kind: 'looking', id })
    began ??= performance.now()
    takeChunk(scan, chunk)
    if (performance.now() - began < SLICE_MS && freshCount(scan) < SLICE_LINES) soon ??= setTimeout(tell, SLICE_MS)
    else {
      tell()
      // A newer order is heard between two slices.
      await pause(0, signal)
    }
  }
  return { at, tell }
}

/** Reads what is not kept, as it comes. True at the end of the log, false where the connection broke. */
async function readOn(scan: Scan, order: Order, signal: AbortSignal, look: Looker): Promise<boolean> {
  const answer = await fetch(order.address, {
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${order.token}`,
      ...(scan.writer.seq >= 0 && { 'last-event-id': `${order.attempt}.${scan.writer.seq}` }),
    },
    signal,
  }).catch(() => undefined)
  signal.throwIfAborted()
  if (answer && answer.status >= 400 && answer.status < 500) throw new Error(`The server answered ${answer.status}.`)
  if (!answer?.ok || !answer.body) return false
  try {
    for await (const event of readEvents(answer.body)) {
      signal.throwIfAborted()
      if (event === 'over') {
        isWhole = isKeeping
        return true
      }
      keep(event.chunk)
      await look.at(event.chunk)
      if (hasEnough(scan)) return true
    }
  } catch (fault) {
    // Anything but a connection that broke is a fault of the page or the server.
    if (!(fault instanceof TypeError)) throw fault
  }
  return false
}

function keep(chunk: Chunk): void {
  if (!isKeeping || chunk.seq <= (kept.at(-1)?.seq ?? -1)) return
  isKeeping = keptCharacters + chunk.text.length <= KEPT_CHARACTERS
  if (!isKeeping) return
  kept.push(chunk)
  keptCharacters += chunk.text.length
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, ms))
  signal.throwIfAborted()
}

function report(said: Report): void {
  postMessage(said)
}
