import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets } from './secrets.ts'
import { makeTestHome, removeTestHome } from './testing/test-home.ts'

let home: string
beforeEach(async () => {
  home = await makeTestHome()
})
afterEach(() => removeTestHome(home))

const file = () => path.join(home, 'secrets.json')
const stored = async () => JSON.parse(await readFile(file(), 'utf8'))

test('a home of an earlier release gets the key that it has not, keeps it, and keeps all else', async () => {
  const { jobs: _, ...earlier } = await loadSecrets(home)
  await writeFile(file(), JSON.stringify(earlier))
  const loaded = await loadSecrets(home)
  expect(loaded).toEqual({ ...earlier, jobs: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(await stored()).toEqual(loaded)
  expect(await loadSecrets(home)).toEqual(loaded)
})
