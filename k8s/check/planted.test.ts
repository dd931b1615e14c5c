import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Contents } from '../secrets/contents.ts'
import { checkOverlay, describeFault, type Overlay } from './check-overlay.ts'
import { knownSecrets } from './known-elsewhere.ts'
import { PLANTED, PLANTED_IN_CLUSTER } from './planted.ts'
import { renderOverlay } from './render.ts'
import type { Resource } from './resources.ts'

let home: string
let secrets: Contents
let production: Resource[]

beforeAll(async () => {
  home = await makeTestHome()
  secrets = await knownSecrets(home)
  production = await renderOverlay('k8s/overlays/production')
})
afterAll(() => removeTestHome(home))

test.each<[Overlay, string]>([
  ['single-node', 'k8s/overlays/single-node'],
  ['production', 'k8s/overlays/production'],
  ['production', 'k8s/check/meshed'],
  ['production', 'k8s/check/clustered'],
])('nothing is wrong with %s (%s)', async (overlay, folder) => {
  const resources = await renderOverlay(folder)
  expect((await checkOverlay(overlay, resources, secrets)).map(describeFault)).toEqual([])
})

test.each(PLANTED.map((planted) => [planted.mistake, planted] as const))(
  'it is seen that %s',
  async (_, { rule, plant }) => {
    const resources = structuredClone(production)
    plant(resources)
    const faults = await checkOverlay('production', resources, secrets)
    expect(faults.map((fault) => fault.rule)).toContain(rule)
  },
)

test.each(PLANTED_IN_CLUSTER.map((planted) => [planted.mistake, planted] as const))(
  'where runs are Jobs it is seen that %s',
  async (_, { rule, plant }) => {
    const resources = await renderOverlay('k8s/check/clustered')
    plant(resources)
    const faults = await checkOverlay('production', resources, secrets)
    expect(faults.map((fault) => fault.rule)).toContain(rule)
  },
)
