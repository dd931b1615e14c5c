import { expect, test } from 'vitest'
import { commands } from '../commands.ts'
import { complete, placeOf } from './complete.ts'

test.each<[string, unknown]>([
  ['', 'commands'],
  ['--context ', 'contexts'],
  ['--context here li', 'commands'],
  ['logs ', 'jobs'],
  ['logs --tail ', []],
  ['list --array=x --account ', 'accounts'],
  ['run --gpus ', 'models'],
  ['run -g ', 'models'],
  ['run -g 1 ', 'files'],
  ['run -g 1 python --file ', 'files'],
  ['submit --depends-on=', 'jobs'],
  ['no-such-command ', undefined],
])('behind %j stands a word of %j', (line, expected) => {
  expect(placeOf(line.split(' '), commands).completion).toEqual(expected)
})

test('options are offered with what they do, and those of the command alone', async () => {
  expect(await complete(['logs', '--f'], commands)).toEqual([
    '--follow\tand what comes, until the job has ended',
    '--from-line\tfrom this line on, counted from 0',
  ])
  expect(await complete(['list', '--state=QUE'], commands)).toEqual(['--state=queued'])
})
