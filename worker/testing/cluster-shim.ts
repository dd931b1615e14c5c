// Shims for tests of a cluster: the real program, with a run in a Job laid out for it.
import type { KubernetesSettings, RunSpec } from '../shim/files.ts'
import { startShim } from './container-shim.ts'
import type { FakeCluster } from './fake-cluster.ts'

export const IMAGE = 'registry.example.com/tool:1'

export interface WantedInCluster {
  spec?: Partial<RunSpec>
  kubernetes?: Partial<KubernetesSettings>
  /** How long the lease lasts, in milliseconds. */
  leaseMs?: number
}

export function settingsFor({ kubeconfig }: FakeCluster): KubernetesSettings {
  return {
    access: { kubeconfig },
    namespace: 'jobs',
    home: 'this-worker',
    pullSecrets: [],
    serviceAccount: null,
    nodeSelector: {},
    tolerations: [],
    gpuResource: 'nvidia.com/gpu',
    node: null,
    startMs: 60_000,
    keeper: null,
  }
}

/** Starts a shim with a shell line in a Job. */
export function startInCluster(
  cluster: FakeCluster,
  home: string,
  line: string,
  { spec = {}, kubernetes = {}, leaseMs = 60_000 }: WantedInCluster = {},
) {
  return startShim({ home, socket: '', image: IMAGE }, line, {
    spec: { docker: null, kubernetes: { ...settingsFor(cluster), ...kubernetes }, ...spec },
    leaseMs,
  })
}
