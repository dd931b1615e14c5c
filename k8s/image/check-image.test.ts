import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { expect, test } from 'vitest'
import { describeFault } from '../check/check-overlay.ts'
import { checkImage } from './check-image.ts'
import { createIgnore } from './context.ts'

const text = readFileSync(path.join(repositoryRoot, 'Dockerfile'), 'utf8')

test('nothing is wrong with the Dockerfile', () => {
  expect(checkImage().map(describeFault)).toEqual([])
})

test.each([
  ['a file that is copied is not there', 'COPY', 'COPY tsconfig.json ./', 'COPY tsconfig.build.json ./'],
  ['a file that is copied is kept out', 'COPY', 'COPY tsconfig.json ./', 'COPY biome.json ./'],
  ['a stage is misspelt', 'COPY', '--from=page', '--from=pages'],
  ['a workspace is missing', 'workspace', 'COPY bench/package.json bench/\n', ''],
  ['a program is missing', 'command', 'COPY worker worker\n', ''],
  ['the image is root', 'root', 'USER 10001:10001', 'USER root'],
  [
    'a shell stands before the program',
    'ENTRYPOINT',
    'ENTRYPOINT ["node", "/app/k8s/image/entry.ts"]',
    'ENTRYPOINT node entry.ts',
  ],
  ['the base is whatever is newest', 'base image', 'ARG NODE=24.21.0', 'ARG NODE=24'],
  ['scripts of packages would run', 'scripts', '--ignore-scripts ', ''],
  ['the lock file is not what decides', 'lock file', 'npm ci --ignore-scripts', 'npm install --ignore-scripts'],
])('it is seen that %s', (_, rule, right, wrong) => {
  expect(text).toContain(right)
  expect(checkImage(text.replace(right, wrong)).map((fault) => fault.rule)).toContain(rule)
})

test('.dockerignore lets through what it names, and of that no tests', () => {
  const isIgnored = createIgnore(readFileSync(path.join(repositoryRoot, '.dockerignore'), 'utf8'))
  const kept = ['gateway/main.ts', 'package.json', 'services/jobs/sql/claim.ts']
  const left = [
    '.git/config',
    'README.md',
    'keys/secrets.json',
    'gateway/http/health.test.ts',
    'worker/testing/bench.ts',
    'local/main.ts',
  ]
  expect(kept.filter(isIgnored)).toEqual([])
  expect(left.filter((file) => !isIgnored(file))).toEqual([])
})

test('the entry point names the commands where it is given none', () => {
  const { status, stderr } = spawnSync(process.execPath, [path.join(repositoryRoot, 'k8s/image/entry.ts'), 'job'], {
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([64, expect.stringContaining('gateway, jobs, gpus, usage, worker, migrate')])
})
