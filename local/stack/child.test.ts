import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startChild } from './child.ts'

/** Writes to it fail as on a disk that is full. */
const FULL = '/dev/full'

test.runIf(existsSync(FULL))('a log that cannot be written ends and stops nobody', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'constellation-child-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const main = path.join(folder, 'main.mjs')
  await writeFile(main, `for (let i = 1; i <= 20_000; i++) console.log('{"level":30,"msg":"line ' + i + '"}')`)
  const shown: string[] = []
  const show = (line: string) => void shown.push(line)
  const child = await startChild({ name: 'main', main, cwd: folder, env: {}, logFile: FULL, show })
  expect(await child.exited).toEqual({ code: 0, signal: null })
  await child.stop()
  expect(child.lastLines().at(-1)).toContain('line 20000')
  expect(shown).toEqual([expect.stringMatching(/^its log cannot be written: ENOSPC/)])
})
