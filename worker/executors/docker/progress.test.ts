import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

test('the progress of a pull sums up its layers, and those that are here already', () => {
  const progress = createProgress()
  progress.take({ status: 'Pulling from team/model', id: '2' })
  progress.take({ status: 'Already exists', id: 'a' })
  progress.take({ status: 'Pulling fs layer', id: 'b' })
  progress.take({ status: 'Downloading', id: 'b', progressDetail: { current: 12_000_000, total: 40_000_000 } })
  progress.take({ status: 'Downloading', id: 'c', progressDetail: { current: 1_000_000, total: 5_000_000 } })
  expect(progress.sentence()).toBe('Pulling: 1 of 3 layers are here, 13 of 45 MB are loaded.')
  progress.take({ status: 'Download complete', id: 'b' })
  progress.take({ status: 'Extracting', id: 'b', progressDetail: { current: 1, total: 90_000_000 } })
  progress.take({ status: 'Pull complete', id: 'b' })
  expect(progress.sentence()).toBe('Pulling: 2 of 3 layers are here, 41 of 45 MB are loaded.')
})
