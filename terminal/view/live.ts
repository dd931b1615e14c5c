// The view that stays: redraws each second on the terminal's alternate screen, which is put back at any end.
import { emitKeypressEvents } from 'node:readline'
import { remember, type Snapshot } from './model.ts'
import { paintFor } from './paint.ts'
import { type Screen, screenView } from './render.ts'
import type { Source } from './source.ts'

const PERIOD_MS = 1_000
/** The alternate screen without a cursor, and without wrapping what is too wide. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l'
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l'

export interface Terminal {
  input: NodeJS.ReadStream
  output: NodeJS.WriteStream
}

/** What a view that stays shows. */
export interface Watched<State> {
  /** What is so now. @throws Error where it cannot be told any more */
  read(): Promise<State>
  /** Exactly the screen's height in lines, and how far they can be scrolled. */
  view(state: State, screen: Screen): { lines: readonly string[]; lastScroll: number }
}

/** The GPUs of a source. `first` is already read. */
export async function showLive(source: Source, first: Snapshot, terminal: Terminal): Promise<void> {
  const paint = paintFor(terminal.output)
  let history = remember(new Map(), first)
  const watched: Watched<Snapshot> = {
    async read() {
      const snapshot = await source.read()
      history = remember(history, snapshot)
      return snapshot
    },
    view: (snapshot, screen) => screenView(snapshot, history, screen, paint),
  }
  await showWatched(watched, first, terminal)
}

/** Resolves when the person quits, or with SIGINT, SIGTERM or SIGHUP. `first` is already read. */
export async function showWatched<State>(watched: Watched<State>, first: State, terminal: Terminal): Promise<void> {
  const { output } = terminal
  let state = first
  let scroll = 0
  const draw = () => {
    const { columns = 80, rows = 24 } = output
    const view = watched.view(state, { width: columns, height: rows, scroll })
    scroll = Math.min(scroll, view.lastScroll)
    output.write(frame(view.lines))
  }
  let quit = () => {}
  const ended = new Promise<void>((resolve) => {
    quit = resolve
  })
  const onKey = (text: string | undefined, key: Key) => {
    const step = stepOf(text, key, (output.rows ?? 24) - 2)
    if (step === 'quit') return quit()
    scroll = Math.max(0, scroll + step)
    draw()
  }
  const restore = enter(terminal, { onKey, draw, quit })
  const reading = readOn(watched.read, ended, (next) => {
    state = next
    draw()
  })
  try {
    draw()
    await Promise.race([ended, reading])
  } finally {
    restore()
  }
}

interface Key {
  name?: string
  ctrl?: boolean
}

/** By how many lines a key scrolls. */
function stepOf(text: string | undefined, { name, ctrl }: Key, page: number): number | 'quit' {
  if (text === 'q' || (ctrl === true && name === 'c')) return 'quit'
  if (name === 'up' || text === 'k') return -1
  if (name === 'down' || text === 'j') return 1
  if (name === 'pageup') return -page
  if (name === 'pagedown' || name === 'space') return page
  return name === 'home' ? Number.NEGATIVE_INFINITY : name === 'end' ? Number.MAX_SAFE_INTEGER : 0
}

/** All lines in one write, each cleared behind its end: nothing flickers, and nothing stays of the frame before. */
function frame(lines: readonly string[]): string {
  return `\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`
}

interface Reactions {
  onKey(text: string | undefined, key: Key): void
  draw(): void
  quit(): void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Takes the terminal; the answer gives it back as it was. */
function enter({ input, output }: Terminal, { onKey, draw, quit }: Reactions): () => void {
  const giveBack = () => {
    process.off('exit', giveBack)
    output.write(LEAVE)
    if (input.isTTY) input.setRawMode(false)
  }
  process.once('exit', giveBack)
  output.write(ENTER)
  output.on('resize', draw)
  // A terminal that is gone is a reason to end, not to fail.
  output.on('error', quit)
  for (const signal of SIGNALS) process.on(signal, quit)
  if (input.isTTY) {
    emitKeypressEvents(input)
    input.setRawMode(true)
    input.on('keypress', onKey)
    input.resume()
  }
  return () => {
    giveBack()
    output.off('resize', draw)
    for (const signal of SIGNALS) process.off(signal, quit)
    input.off('keypress', onKey)
    input.pause()
  }
}

/** Reads each second until it ends, and rejects where it cannot be read any more. */
async function readOn<State>(
  read: () => Promise<State>,
  ended: Promise<void>,
  take: (state: State) => void,
): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  let next = performance.now() + PERIOD_MS
  while (!over) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, next - performance.now()))
      void ended.then(() => {
        clearTimeout(timer)
        resolve(undefined)
      })
    })
    next = Math.max(next + PERIOD_MS, performance.now())
    if (!over) {
      const state = await read()
      if (!over) take(state)
    }
  }
}
