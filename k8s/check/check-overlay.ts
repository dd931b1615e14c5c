// All checks of one overlay.
import type { Contents } from '../secrets/contents.ts'
import { checkEnvironments } from './environment.ts'
import { checkNetwork } from './network.ts'
import { checkPolicies } from './policies.ts'
import { checkReferences } from './references.ts'
import type { Fault, Resource } from './resources.ts'
import { checkRights } from './rights.ts'
import { checkScale } from './scale.ts'
import { checkScalers } from './scalers.ts'
import { checkSchemas } from './schemas.ts'

/** In which namespace the ingress controller of each overlay is. */
const INGRESS_FROM = { 'single-node': 'kube-system', production: 'traefik' } as const

export type Overlay = keyof typeof INGRESS_FROM

export async function checkOverlay(
  overlay: Overlay,
  resources: readonly Resource[],
  secrets: Contents,
): Promise<Fault[]> {
  const schema = await checkSchemas(resources)
  // What has another shape than it should cannot be read any further.
  if (schema.some(({ rule }) => rule === 'schema')) return schema
  return [
    ...schema,
    ...checkReferences(resources, secrets),
    ...checkEnvironments(resources, secrets),
    ...checkPolicies(resources),
    ...checkRights(resources),
    ...checkNetwork(resources, INGRESS_FROM[overlay]),
    ...checkScale(resources),
    ...checkScalers(resources),
  ]
}

export function describeFault({ rule, where, what }: Fault): string {
  return `${rule}: ${where}: ${what}`
}
