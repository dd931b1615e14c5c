import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'
import { JOB_OPTIONS } from './submit/options.ts'

const read = (line: string, program = true) => {
  const { flags, values, words } = readArguments(line.split(' '), { options: JOB_OPTIONS, ...(program && { program }) })
  return { flags: [...flags], values: Object.fromEntries(values), words }
}

test("a program's own options are left alone, from the first word on or behind --", () => {
  expect(read('-g 2 python train.py --gpus 4 -- x')).toEqual({
    flags: [],
    values: { gpus: ['2'] },
    words: ['python', 'train.py', '--gpus', '4', '--', 'x'],
  })
  expect(read('-g2 -- --odd')).toMatchObject({ values: { gpus: ['2'] }, words: ['--odd'] })
})

test('options are long and short, with values beside them or in them, and switches together', () => {
  const { flags, values } = read('--preemptible -sn=name --env A=1 -eB=2 --priority -5 --time=1h x')
  expect(flags).toEqual(['preemptible', 'shell'])
  expect(values).toEqual({ name: ['name'], env: ['A=1', 'B=2'], priority: ['-5'], time: ['1h'] })
})

test('where words are no program, options may stand behind them', () => {
  expect(read('one --name x two', false)).toMatchObject({ words: ['one', 'two'], values: { name: ['x'] } })
})

test.each([
  ['--gpu 1', 'There is no option --gpu. Did you mean --gpus?'],
  ['--zzz', 'There is no option --zzz.'],
  ['-Z', 'There is no option -Z.'],
  ['--gpus', '--gpus needs a value: [MODEL:]N.'],
  ['--preemptible=yes', '--preemptible takes no value.'],
  ['-g 1 -g 2', '--gpus may be given once.'],
  ['--constructor x', 'There is no option --constructor.'],
])('%s is refused', (line, message) => {
  expect(() => read(line)).toThrow(message)
})
