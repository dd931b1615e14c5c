import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { type History, remember, type ShownGpu, type Snapshot } from './model.ts'
import type { Paint } from './paint.ts'
import { screenView, wholeView } from './render.ts'

const noPaint: Paint = (_, text) => text

const GPU: ShownGpu = {
  uuid: 'GPU-1f0c22aa-0000-0000-0000-000000000000',
  index: 0,
  name: 'NVIDIA A100-SXM4-80GB',
  simulated: false,
  totalMemoryMb: 81_920,
  driverVersion: '580.65.06',
  cudaVersion: '13.0',
  mig: null,
  state: 'AVAILABLE',
  stateReason: null,
  run: { id: 'run-1', job: 'train-llm', user: 'alice' },
  reading: {
    utilisationPercent: 94,
    memoryUsedMb: 57_344,
    powerWatts: 398.6,
    powerLimitWatts: 400,
    temperatureC: 71,
    smClockMhz: 1_410,
    memoryClockMhz: 1_593,
    fanPercent: null,
    throttleReasons: ['POWER_CAP'],
  },
}

const LOST: ShownGpu = {
  ...GPU,
  uuid: 'SIM-9d31ba20-0000-0000-0000-000000000000',
  index: 1,
  name: 'Simulated A100 80GB',
  simulated: true,
  driverVersion: null,
  cudaVersion: null,
  state: 'UNHEALTHY',
  stateReason: 'It does not answer any more.',
  run: null,
  reading: null,
}

const SNAPSHOT: Snapshot = {
  source: 'http://127.0.0.1:4000',
  notices: [],
  groups: [
    {
      title: 'worker-local on box, online',
      notice: 'Simulated GPUs stand in.',
      gpus: [GPU, LOST],
      processes: [
        { gpuIndex: 0, pid: 4_711, user: 'job-1', memoryMb: 57_000, command: 'python train.py', job: 'train-llm' },
      ],
    },
  ],
}

const HISTORY: History = new Map([[GPU.uuid, [0, 0.2, 0.4, 0.94]]])

const trimmed = (lines: readonly string[]) => lines.map((line) => line.trimEnd())

test('the view at 80 columns', () => {
  expect(trimmed(wholeView(SNAPSHOT, HISTORY, 80, noPaint))).toEqual([
    'Constellation  http://127.0.0.1:4000  2 GPUs  driver 580.65.06  CUDA 13.0',
    '',
    'worker-local on box, online',
    'Simulated GPUs stand in.',
    'GPU Name                             Temp  Fan Power (W)  SM/Mem MHz State',
    '  0 NVIDIA A100-SXM4-80GB            71°C    - 399 / 400 1410 / 1593 IN USE',
    '    1f0c22aa MEM ████████▍░░░  56.0G/80.0G UTL ███████████▎  94%          ▁▂▄█',
    '    train-llm (alice) · held back: power cap',
    '  1 Simulated A100 80GB                 -    -     - / -       - / - UNHEALTHY',
    '    9d31ba20 MEM ░░░░░░░░░░░░      -/80.0G UTL ░░░░░░░░░░░░    -',
    '    simulated · It does not answer any more.',
    '',
    'GPU       PID User           Memory Job                Command',
    '  0      4711 job-1           55.7G train-llm          python train.py',
  ])
})

test('a wider terminal has longer bars and more of the past', () => {
  const bars = (width: number) =>
    wholeView(SNAPSHOT, HISTORY, width, noPaint)
      .find((line) => line.includes('1f0c22aa'))
      ?.match(/MEM (\S+)/)?.[1]?.length
  expect([bars(80), bars(100), bars(300)]).toEqual([12, 19, 24])
})

test.each([80, 97, 240])('no line is wider than %i columns, whatever the names', (width) => {
  const long = '訓練'.repeat(200)
  const gpu: ShownGpu = { ...GPU, name: long, stateReason: long, run: { id: 'r', job: long, user: long } }
  const process = { gpuIndex: 0, pid: 1, user: long, memoryMb: 1, command: long, job: long }
  const group = { title: long, notice: long, gpus: [gpu], processes: [process] }
  const lines = wholeView({ source: long, notices: [long], groups: [group] }, HISTORY, width, noPaint)
  expect(Math.max(...lines.map((line) => stringWidth(line)))).toBe(width)
})

test('nothing from outside reaches the terminal as an order', () => {
  const evil = '\u001b[2J\u0007\u202e'
  const gpu: ShownGpu = {
    ...GPU,
    uuid: evil,
    name: evil,
    state: evil,
    stateReason: evil,
    driverVersion: evil,
    cudaVersion: evil,
    run: { id: evil, job: evil, user: evil },
  }
  const process = { gpuIndex: 0, pid: 1, user: evil, memoryMb: 1, command: evil, job: evil }
  const group = { title: evil, notice: evil, gpus: [gpu], processes: [process] }
  const lines = wholeView({ source: evil, notices: [evil], groups: [group] }, HISTORY, 80, noPaint)
  expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

test('a screen is filled exactly, and scrolls only as far as there is something', () => {
  const at = (height: number, scroll: number) => screenView(SNAPSHOT, HISTORY, { width: 80, height, scroll }, noPaint)
  const whole = at(40, 5)
  expect(whole.lines).toHaveLength(40)
  expect(whole.lines.at(-1)).toBe('q quit')
  expect(whole.lastScroll).toBe(0)
  const part = at(8, 99)
  expect(trimmed(part.lines)).toEqual([
    expect.stringContaining('Constellation'),
    expect.stringContaining('Simulated A100'),
    expect.stringContaining('9d31ba20'),
    expect.stringContaining('does not answer'),
    '',
    expect.stringContaining('PID'),
    expect.stringContaining('4711'),
    'q quit, ↑↓ scroll (8–13 of 13)',
  ])
  expect(part.lastScroll).toBe(7)
  expect(at(1, 0).lines).toHaveLength(1)
})

test('a machine whose processes are not known shows none, and one without any says so', () => {
  const [group] = SNAPSHOT.groups
  const lines = (processes: [] | null) =>
    group ? wholeView({ ...SNAPSHOT, groups: [{ ...group, processes }] }, HISTORY, 80, noPaint) : []
  expect(lines(null).join('\n')).not.toContain('PID')
  expect(lines([]).at(-1)).toContain('No process uses a GPU.')
})

test('the past of a GPU grows with each snapshot, is bounded, and goes with it', () => {
  let history: History = new Map()
  for (let second = 0; second < 600; second++) history = remember(history, SNAPSHOT)
  expect(history.get(GPU.uuid)).toHaveLength(512)
  expect(history.get(GPU.uuid)?.at(-1)).toBe(0.94)
  expect(history.get(LOST.uuid)?.at(-1)).toBeNull()
  expect(remember(history, { ...SNAPSHOT, groups: [] }).size).toBe(0)
})
