// Finding in a log: the pattern that is looked for, and what was found so far.
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { createFrameSignal } from '../../shared/frame.ts'
import { token } from '../../shared/session.ts'
import type { Line } from '../terminal/line.ts'
import { compile, type Pattern } from './pattern.ts'
import type { Order, Report } from './protocol.ts'
import type { Match } from './scan.ts'

/** Typing is followed after this pause, in milliseconds. */
const PAUSE_MS = 120

/** A pattern that keeps the worker from answering for this long is given up, in milliseconds. */
const PATIENCE_MS = 2000

export const CONTEXTS = [0, 2, 5] as const

type FindStatus = 'idle' | 'searching' | 'done' | 'tooSlow' | 'failed'

/** What is to be found, and how it is shown. */
interface Wanted extends Pattern {
  onlyMatches: boolean
  context: number
}

export interface Find {
  isOpen: Accessor<boolean>
  setOpen: (open: boolean) => void
  wanted: Accessor<Wanted>
  want: (change: Partial<Wanted>) => void
  /** What is wrong with the pattern. */
  problem: Accessor<string | undefined>
  status: Accessor<FindStatus>
  /** Grows when more was found. */
  version: Accessor<number>
  matches: readonly Match[]
  /** The matching lines and those around them. */
  lines: readonly Line[]
  isFull: Accessor<boolean>
  /** True where only matching lines are to be shown. */
  isFilter: Accessor<boolean>
}

/** Looks through the log at `address` until the owner is disposed of. */
export function createFind({ address, attempt }: { address: string; attempt: number }): Find {
  const [isOpen, setOpen] = createSignal(false)
  const [wanted, setWanted] = createSignal<Wanted>(NOTHING)
  const [status, setStatus] = createSignal<FindStatus>('idle')
  const [isFull, setFull] = createSignal(false)
  const [version, changed] = createFrameSignal()
  const matches: Match[] = []
  const lines: Line[] = []
  const worker = createWorker((report) => {
    if (report === 'tooSlow' || report.kind === 'failed') return setStatus(report === 'tooSlow' ? 'tooSlow' : 'failed')
    if (report.kind !== 'found') return
    const { findings } = report
    replaceFrom(matches, findings.matchesFrom, findings.matches)
    replaceFrom(lines, findings.linesFrom, findings.lines)
    setFull(findings.isFull)
    setStatus(report.isDone ? 'done' : 'searching')
    changed()
  })
  const forget = () => {
    matches.length = 0
    lines.length = 0
    setFull(false)
    changed()
  }
  const problem = () => {
    const compiled = compile(wanted())
    return 'problem' in compiled ? compiled.problem : undefined
  }
  const isWanted = () => isOpen() && wanted().text !== '' && problem() === undefined

  createEffect(
    on(
      [isWanted, () => wanted().text, () => wanted().isRegex, () => wanted().matchCase, () => wanted().context],
      () => {
        if (!isWanted()) {
          worker.rest()
          forget()
          return setStatus('idle')
        }
        setStatus('searching')
        const timer = setTimeout(() => {
          forget()
          const { text, isRegex, matchCase, context } = wanted()
          worker.order({ address, attempt, token: token() ?? '', pattern: { text, isRegex, matchCase }, context })
        }, PAUSE_MS)
        onCleanup(() => clearTimeout(timer))
      },
    ),
  )
  onCleanup(worker.rest)

  const want = (change: Partial<Wanted>) => setWanted((now) => ({ ...now, ...change }))
  const isFilter = () => isWanted() && wanted().onlyMatches
  return { isOpen, setOpen, wanted, want, problem, status, version, matches, lines, isFull, isFilter }
}

const NOTHING: Wanted = { text: '', isRegex: true, matchCase: false, onlyMatches: false, context: 0 }

/** The worker, begun when it is first needed, and begun anew where a pattern keeps it from answering. */
function createWorker(onReport: (report: Report | 'tooSlow') => void) {
  let worker: Worker | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let id = 0
  const rest = () => {
    clearTimeout(timer)
    worker?.terminate()
    worker = undefined
  }
  const giveUp = () => {
    rest()
    onReport('tooSlow')
  }
  const hear = ({ data }: MessageEvent<Report>) => {
    if (data.id !== id) return
    clearTimeout(timer)
    if (data.kind === 'looking') timer = setTimeout(giveUp, PATIENCE_MS)
    onReport(data)
  }
  const order = (wanted: Omit<Order, 'id'>) => {
    id++
    worker ??= new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = hear
    worker.onerror = () => {
      rest()
      onReport({ kind: 'failed', id, message: '' })
    }
    clearTimeout(timer)
    // It may be kept from hearing this by what it is doing.
    timer = setTimeout(giveUp, PATIENCE_MS * 2)
    worker.postMessage({ id, ...wanted } satisfies Order)
  }
  return { order, rest }
}

function replaceFrom<Item>(items: Item[], from: number, next: readonly Item[]): void {
  items.length = Math.min(items.length, from)
  for (const item of next) items.push(item)
}
