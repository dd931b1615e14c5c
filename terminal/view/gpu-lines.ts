// The lines of one GPU. Pure.
import type { ShownGpu } from './model.ts'
import type { Paint } from './paint.ts'
import { amount, bar, fit, memory, plain, shorten, sparkline, wrap } from './text.ts'

const INDENT = 4
/** Columns of what stands beside the name, the bars and the sparkline. */
const TITLE = { index: 3, temperature: 5, fan: 4, power: 9, clocks: 11, state: 11 }
const BARS = { uuid: 8, memory: 12, percent: 4 }
/** Of what there is to say of one GPU. */
const MOST_NOTE_LINES = 3
const SHORTEST_BAR = 8
const LONGEST_BAR = 24

/** What stands above the GPUs. */
export function titleLine(width: number): string {
  return inColumns(width, {
    index: 'GPU',
    name: 'Name',
    temperature: 'Temp',
    fan: 'Fan',
    power: 'Power (W)',
    clocks: 'SM/Mem MHz',
    state: 'State',
  })
}

/** `history` are shares of its past utilisation, the newest last. */
export function gpuLines(
  gpu: ShownGpu,
  history: readonly (number | null)[],
  width: number,
  paint: Paint,
): readonly string[] {
  const notes = notesOf(gpu)
  const lines = notes.length === 0 ? [] : wrap(notes.join(' · '), width - INDENT).slice(0, MOST_NOTE_LINES)
  return [
    factsLine(gpu, width, paint),
    barsLine(gpu, history, width, paint),
    ...lines.map((line) => ' '.repeat(INDENT) + paint('dim', line)),
  ]
}

function factsLine({ index, name, state, run, reading }: ShownGpu, width: number, paint: Paint): string {
  const temperature = fit(amount(reading?.temperatureC ?? null, '°C'), TITLE.temperature, 'right')
  return inColumns(width, {
    index: String(index),
    name: plain(name),
    temperature: paint(heatOf(reading?.temperatureC ?? null), temperature),
    fan: amount(reading?.fanPercent ?? null, '%'),
    power: `${amount(reading?.powerWatts ?? null, '')} / ${amount(reading?.powerLimitWatts ?? null, '')}`,
    clocks: `${amount(reading?.smClockMhz ?? null, '')} / ${amount(reading?.memoryClockMhz ?? null, '')}`,
    state: paint(
      state === 'AVAILABLE' || state === 'OK' ? (run ? 'cyan' : 'green') : 'red',
      shorten(plain(wordOf(state, run !== null)), TITLE.state),
    ),
  })
}

/** That a GPU is in service is no news; whether one can have it is. */
function wordOf(state: string, isHeld: boolean): string {
  if (state !== 'AVAILABLE') return state
  return isHeld ? 'IN USE' : 'FREE'
}

function inColumns(width: number, cells: Record<keyof typeof TITLE | 'name', string>): string {
  const others = Object.values(TITLE).reduce((sum, column) => sum + column + 1, 0)
  return [
    fit(cells.index, TITLE.index, 'right'),
    fit(cells.name, Math.max(8, width - others)),
    fit(cells.temperature, TITLE.temperature, 'right'),
    fit(cells.fan, TITLE.fan, 'right'),
    fit(cells.power, TITLE.power, 'right'),
    fit(cells.clocks, TITLE.clocks, 'right'),
    shorten(cells.state, TITLE.state),
  ].join(' ')
}

function barsLine(gpu: ShownGpu, history: readonly (number | null)[], width: number, paint: Paint): string {
  const { uuid, totalMemoryMb, reading } = gpu
  const used = reading?.memoryUsedMb ?? null
  const percent = reading?.utilisationPercent ?? null
  const room = width - INDENT - BARS.uuid - BARS.memory - BARS.percent - ' MEM  UTL   '.length - 3
  const length = Math.min(LONGEST_BAR, Math.max(SHORTEST_BAR, Math.floor(room / 3)))
  const memoryShare = used === null || totalMemoryMb === 0 ? null : used / totalMemoryMb
  const share = percent === null ? null : percent / 100
  return [
    ' '.repeat(INDENT) + paint('dim', fit(shortUuid(uuid), BARS.uuid)),
    `MEM ${paint(loadOf(memoryShare), bar(memoryShare, length))}`,
    fit(`${memory(used)}/${memory(totalMemoryMb)}`, BARS.memory, 'right'),
    `UTL ${paint(loadOf(share), bar(share, length))}`,
    fit(amount(percent, '%'), BARS.percent, 'right'),
    paint('cyan', sparkline(history, Math.max(0, room - 2 * length))),
  ].join(' ')
}

/** Such as `1f0c22aa` of `GPU-1f0c22aa-…`. */
function shortUuid(uuid: string): string {
  return plain(uuid)
    .replace(/^(GPU|SIM|MIG)-/, '')
    .slice(0, BARS.uuid)
}

function notesOf({ simulated, mig, run, reading, stateReason }: ShownGpu): string[] {
  const throttled = (reading?.throttleReasons ?? []).map((reason) => reason.toLowerCase().replaceAll('_', ' '))
  return [
    ...(simulated ? ['simulated'] : []),
    ...(run ? [plain(`${run.job} (${run.user})`)] : []),
    ...(throttled.length > 0 ? [`held back: ${throttled.join(', ')}`] : []),
    ...(stateReason === null ? [] : [plain(stateReason)]),
    ...(mig ? [`MIG ${mig.gpuInstance}/${mig.computeInstance}`] : []),
  ]
}

function heatOf(celsius: number | null): 'green' | 'yellow' | 'red' {
  if (celsius === null || celsius < 70) return 'green'
  return celsius < 85 ? 'yellow' : 'red'
}

function loadOf(share: number | null): 'green' | 'yellow' | 'red' {
  if (share === null || share < 0.5) return 'green'
  return share < 0.9 ? 'yellow' : 'red'
}
