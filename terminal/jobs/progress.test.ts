import { expect, test } from 'vitest'
import { progressIn, progressText } from './progress.ts'

test('the newest bar of tqdm is read', () => {
  const text =
    ' 10%|█         | 10/100 [00:02<00:20,  4.4it/s]\r 45%|████▌     | 45/100 [00:10<00:12,  4.50it/s, loss=0.3]'
  expect(progressIn(text)).toEqual({ share: 0.45, count: '45/100', left: '00:12', rate: '4.50it/s' })
  expect(progressText({ share: 0.45, count: '45/100', left: '00:12', rate: '4.50it/s' }, 4)).toBe(
    '█▊░░  45% 45/100 4.50it/s 00:12 left',
  )
})

test('what tqdm cannot tell yet is left out', () => {
  expect(progressIn('  0%|          | 0/100 [00:00<?, ?it/s]')).toMatchObject({ share: 0, left: null })
})

test.each([
  ['epoch 3 [####------]  40%', 0.4],
  ['a line\nDownloading 7.5% of it\n', 0.07],
])('a percentage of another kind is read: %j', (text, share) => expect(progressIn(text)?.share).toBe(share))

test.each(['', 'loss 0.3, accuracy 0.9', '250% more', 'x100%y'])('%j tells no progress', (text) => {
  expect(progressIn(text)).toBeNull()
})

test.each(['1%||/', '1%||a/b[<', '1%||a/b[<,', '1%|| a/b [', ' 1.1'])('output made of %j is read at once', (part) => {
  const began = performance.now()
  progressIn(part.repeat(1_000))
  expect(performance.now() - began).toBeLessThan(1_000)
})
