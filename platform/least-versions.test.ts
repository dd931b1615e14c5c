import { expect, test } from 'vitest'
import { LEAST_VERSIONS, requireVersion, versionFault } from './least-versions.ts'

test.each([
  ['PostgreSQL', '18.4 (Debian 18.4-1.pgdg12+1)'],
  ['PostgreSQL', '19beta1'],
  ['Node', 'v24.21.0'],
  ['NATS', '2.10.0'],
  ['NATS', '2.9.10'],
  ['DuckDB', 'v1.10.0'],
  ['NVIDIA driver', '550.54.15'],
] as const)('%s %s is new enough', (what, found) => {
  expect(versionFault(what, found)).toBeUndefined()
})

test.each([
  ['PostgreSQL', '17.9'],
  ['Node', '22.18.0'],
  ['NATS', '2.9.9'],
  ['NATS', ''],
  ['DuckDB', 'v0.10.3'],
  ['NVIDIA driver', '450.36.05'],
] as const)('%s %s is not, and both versions are named', (what, found) => {
  expect(() => requireVersion(what, found)).toThrow(`${what} ${found} was found, and ${LEAST_VERSIONS[what]} or later`)
})
