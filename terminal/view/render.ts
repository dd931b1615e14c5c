// The whole view as lines. Pure.
import { gpuLines, titleLine } from './gpu-lines.ts'
import type { Group, History, Snapshot } from './model.ts'
import type { Paint } from './paint.ts'
import { processLines } from './process-lines.ts'
import { fit, plain, shorten, wrap } from './text.ts'

export const NARROWEST = 80

export interface Screen {
  width: number
  height: number
  /** How many lines of the body lie above the screen. */
  scroll: number
}

/** Everything, at whatever height it takes. */
export function wholeView(snapshot: Snapshot, history: History, width: number, paint: Paint): string[] {
  const columns = Math.max(NARROWEST, width)
  return [paint('bold', headLine(snapshot, columns)), ...bodyLines(snapshot, history, columns, paint)]
}

/** What a screen shows: exactly its height in lines, none wider than it, and how far it can be scrolled. */
export function screenView(snapshot: Snapshot, history: History, screen: Screen, paint: Paint) {
  const { width, height } = screen
  const [head = '', ...body] = wholeView(snapshot, history, width, paint)
  const room = Math.max(0, height - 2)
  const lastScroll = Math.max(0, body.length - room)
  const scroll = Math.min(Math.max(0, screen.scroll), lastScroll)
  const shown = body.slice(scroll, scroll + room)
  const rest = lastScroll === 0 ? '' : `, ↑↓ scroll (${scroll + 1}–${scroll + shown.length} of ${body.length})`
  const foot = paint('dim', shorten(`q quit${rest}`, width))
  const lines = [head, ...shown, ...Array.from({ length: room - shown.length }, () => ''), foot].slice(0, height)
  return { lines, lastScroll }
}

function headLine({ source, groups }: Snapshot, width: number): string {
  const gpus = groups.flatMap((group) => group.gpus)
  const versions = [
    ...new Set(
      gpus.flatMap(({ driverVersion, cudaVersion }) => [
        ...(driverVersion === null ? [] : [`driver ${plain(driverVersion)}`]),
        ...(cudaVersion === null ? [] : [`CUDA ${plain(cudaVersion)}`]),
      ]),
    ),
  ]
  const count = gpus.length === 1 ? '1 GPU' : `${gpus.length} GPUs`
  return fit(['Constellation', plain(source), count, ...versions].join('  '), width)
}

function bodyLines({ groups, notices }: Snapshot, history: History, width: number, paint: Paint): string[] {
  return [
    ...notices.flatMap((notice) => noticeLines(notice, width, paint)),
    ...groups.flatMap((group) => ['', ...groupLines(group, history, width, paint)]),
  ]
}

function groupLines(group: Group, history: History, width: number, paint: Paint): string[] {
  const { title, notice, gpus } = group
  const processes = processLines(group, width, paint)
  return [
    ...(title === null ? [] : [paint('bold', shorten(plain(title), width))]),
    ...(notice === null ? [] : noticeLines(notice, width, paint)),
    ...(gpus.length === 0 ? [] : [paint('bold', titleLine(width))]),
    ...gpus.flatMap((gpu) => gpuLines(gpu, history.get(gpu.uuid) ?? [], width, paint)),
    ...(processes.length === 0 || gpus.length === 0 ? [] : ['', ...processes]),
  ]
}

/** A sentence may take several lines. */
function noticeLines(notice: string, width: number, paint: Paint): string[] {
  return wrap(plain(notice), width).map((line) => paint('yellow', line))
}
