import { execFileSync, spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { findPrometheus } from '@constellation/local/setup/prometheus.mjs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ruleFiles } from './expressions.ts'

const tool = findPrometheus(repositoryRoot)?.promtool ?? ''
const tests = globSync('rules/tests/*.yaml', { cwd: import.meta.dirname })
const alerts = ruleFiles().flatMap(({ rules }) => rules)

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const text = readFileSync(path.join(repositoryRoot, page), 'utf8')
  return [...text.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'))
}

test.skipIf(!tool)('promtool finds no fault with the rules', () => {
  const files = ruleFiles().map(({ file }) => file)
  const { status, stdout, stderr } = spawnSync(tool, ['check', 'rules', ...files], { encoding: 'utf8' })
  expect(status, `${stdout}${stderr}`).toBe(0)
})

test.skipIf(!tool)('each alert fires when it should, and only then', { timeout: 90_000 }, () => {
  const { status, stdout, stderr } = spawnSync(tool, ['test', 'rules', ...tests], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  expect(status, `${stdout}${stderr}`).toBe(0)
})

test.skipIf(!tool)('a rule that does not do what its test says is noticed', () => {
  const wrong = path.join(import.meta.dirname, 'rules/tests/gpus.test.yaml')
  const changed = readFileSync(wrong, 'utf8').replace('No worker is online', 'Some worker is online')
  const result = spawnSync(tool, ['test', 'rules', '/dev/stdin'], {
    cwd: path.dirname(wrong),
    input: changed.replaceAll('../', `${path.dirname(path.dirname(wrong))}/`),
    encoding: 'utf8',
  })
  expect(result.status).not.toBe(0)
})

test('each alert has a test of when it fires, and one of when it stays calm', () => {
  const names = tests.flatMap((file) => {
    const parsed: { tests: { name: string }[] } = parse(readFileSync(path.join(import.meta.dirname, file), 'utf8'))
    return parsed.tests.map(({ name }) => name)
  })
  expect(names.toSorted()).toEqual(alerts.flatMap(({ alert }) => [`${alert} fires`, `${alert} stays calm`]).toSorted())
})

test('each alert leads to its place in the runbook, and each place there has its alert', () => {
  const anchors = anchorsOf('docs/runbook.md')
  const linked = alerts.map(({ annotations }) => annotations.runbook_url.replace('docs/runbook.md#', ''))
  expect(linked).toEqual(alerts.map(({ alert }) => alert.toLowerCase()))
  expect(linked.filter((anchor) => !anchors.includes(anchor))).toEqual([])
  const text = readFileSync(path.join(repositoryRoot, 'docs/runbook.md'), 'utf8')
  const headings = [...text.matchAll(/^### (\w+)$/gm)].map(([, name]) => name)
  expect(headings.toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted())
})

test('severities are those that the runbook explains', () => {
  expect(new Set(alerts.map(({ labels }) => labels.severity))).toEqual(new Set(['critical', 'warning', 'info']))
})

test.skipIf(!tool)('promtool is one that knows what the rules use', () => {
  expect(execFileSync(tool, ['--version'], { encoding: 'utf8', stdio: 'pipe' })).toMatch(
    /promtool, version 2\.|version 3\./,
  )
})
