import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toTargets } from './observe/prometheus-config.ts'

function read(file: string) {
  return parse(readFileSync(path.join(repositoryRoot, file), 'utf8'))
}

test('the operator knows our programs by the label that alerts and dashboards use', () => {
  const monitor = read('k8s/observability/pod-monitor.yaml')
  const labels = monitor.spec.podMetricsEndpoints[0].relabelings.map(
    (rule: { targetLabel: string }) => rule.targetLabel,
  )
  expect(labels).toContain('program')
})

test('so does the Prometheus beside a local stack', () => {
  expect(JSON.parse(toTargets({ gateway: 1234 }))).toEqual([
    { targets: ['127.0.0.1:1234'], labels: { program: 'gateway' } },
  ])
})

test.each(globSync('k8s/compose/prometheus.yaml', { cwd: repositoryRoot }))('so does %s', (file) => {
  for (const { relabel_configs: rules = [] } of read(file).scrape_configs) {
    expect(rules.map((rule: { target_label: string }) => rule.target_label)).toContain('program')
  }
})

test('the component of kustomize has all that is generated for a cluster', () => {
  const { resources, configMapGenerator } = read('k8s/observability/kustomization.yaml')
  const generated = globSync('k8s/observability/generated/*', { cwd: repositoryRoot }).map(
    (file) => `generated/${path.basename(file)}`,
  )
  expect(generated.toSorted()).toEqual(
    [...resources.filter((file: string) => file.startsWith('generated/')), ...configMapGenerator[0].files].toSorted(),
  )
})
