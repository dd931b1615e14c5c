// What of the worker's environment says how it runs commands in a cluster of Kubernetes'.
import { resolve } from 'node:path'
import { wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'
import type { ClusterAccess, KubernetesSettings, Toleration } from '../../shim/files.ts'

const path = v.pipe(
  v.string(),
  v.transform((value) => resolve(value)),
)
const name = v.pipe(v.string(), v.regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'must be a name of Kubernetes'))
const image = v.pipe(v.string(), v.regex(/^\S{1,512}$/, 'must be an image'))

const parts = (list: string) =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

/** `nvidia.com/gpu.present=true,zone=a`. */
const selector = v.pipe(
  v.string(),
  v.transform(parts),
  v.array(v.pipe(v.string(), v.regex(/^[\w./-]{1,317}=[\w.-]{0,63}$/, 'must be such as zone=a'))),
  v.transform((pairs): Record<string, string> => Object.fromEntries(pairs.map((pair) => cutAt(pair, '=')))),
)

/** `nvidia.com/gpu:NoSchedule,team=vision:NoExecute`. */
const tolerations = v.pipe(
  v.string(),
  v.transform(parts),
  v.array(
    v.pipe(
      v.string(),
      v.regex(
        /^[\w./-]{1,317}(=[\w.-]{0,63})?:(NoSchedule|NoExecute|PreferNoSchedule)$/,
        'must be such as nvidia.com/gpu:NoSchedule',
      ),
    ),
  ),
  v.transform((each) => each.map(tolerationOf)),
)

export const kubernetesSettings = {
  /** Where the Jobs are made. */
  KUBERNETES_NAMESPACE: v.optional(name, 'constellation-jobs'),
  /** The way to the cluster, for a worker outside of it. */
  KUBECONFIG: v.optional(path),
  /** Given by Kubernetes to every pod: the address of its API. */
  KUBERNETES_SERVICE_HOST: v.optional(v.string()),
  /** Likewise the port of its API. */
  KUBERNETES_SERVICE_PORT: v.optional(wholeNumber(1, 65_535)),
  /** Where Kubernetes puts what a pod needs to speak with it. */
  KUBERNETES_ACCOUNT: v.optional(path, '/var/run/secrets/kubernetes.io/serviceaccount'),
  /** For commands that name no image; without it such commands are not taken. */
  KUBERNETES_IMAGE: v.optional(image),
  /** What images are pulled with: names of Secrets, with commas between. */
  KUBERNETES_PULL_SECRETS: v.optional(v.pipe(v.string(), v.transform(parts), v.array(name)), ''),
  /** Whom pods are; without a token in any case. */
  KUBERNETES_SERVICE_ACCOUNT: v.optional(name),
  /** Which nodes are the worker's. */
  KUBERNETES_NODE_SELECTOR: v.optional(selector, ''),
  /** Which taints of nodes pods bear: `key=value:effect`, with commas between. */
  KUBERNETES_TOLERATIONS: v.optional(tolerations, 'nvidia.com/gpu:NoSchedule'),
  /** What nodes call their GPUs. */
  KUBERNETES_GPU_RESOURCE: v.optional(
    v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/, 'must be such as nvidia.com/gpu')),
    'nvidia.com/gpu',
  ),
  /** How long a pod may take until its command runs: to be placed, and to have its image. */
  KUBERNETES_START_SECONDS: v.optional(wholeNumber(5, 86_400), '600'),
  /** Constellation's image, from which each pod's keeper is; without it pods have none. */
  KUBERNETES_KEEPER_IMAGE: v.optional(image),
  /** After how long without a word from the worker a pod ends itself. */
  KUBERNETES_KEEPER_SECONDS: v.optional(wholeNumber(60, 86_400), '300'),
}

export type KubernetesConfig = v.InferOutput<v.ObjectSchema<typeof kubernetesSettings, undefined>>

/** What all runs of a worker have in common. `home` tells its Jobs from those of other workers. */
export function settingsOf(config: KubernetesConfig, home: string): Omit<KubernetesSettings, 'node'> {
  const { KUBERNETES_KEEPER_IMAGE: keeper } = config
  return {
    access: accessOf(config),
    home,
    namespace: config.KUBERNETES_NAMESPACE,
    pullSecrets: config.KUBERNETES_PULL_SECRETS,
    serviceAccount: config.KUBERNETES_SERVICE_ACCOUNT ?? null,
    nodeSelector: config.KUBERNETES_NODE_SELECTOR,
    tolerations: config.KUBERNETES_TOLERATIONS,
    gpuResource: config.KUBERNETES_GPU_RESOURCE,
    startMs: config.KUBERNETES_START_SECONDS * 1_000,
    keeper: keeper === undefined ? null : { image: keeper, seconds: config.KUBERNETES_KEEPER_SECONDS },
  }
}

/** @throws Error where nothing says how the cluster is reached */
function accessOf(config: KubernetesConfig): ClusterAccess {
  const { KUBECONFIG: kubeconfig, KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = 443 } = config
  if (kubeconfig !== undefined) return { kubeconfig }
  if (host === undefined) throw new Error('EXECUTORS has kubernetes: KUBECONFIG is missing, and this is no pod.')
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`
  return { server, account: config.KUBERNETES_ACCOUNT }
}

function tolerationOf(text: string): Toleration {
  const [taint, effect] = cutAt(text, ':')
  if (!taint.includes('=')) return { key: taint, operator: 'Exists', effect }
  const [key, value] = cutAt(taint, '=')
  return { key, operator: 'Equal', value, effect }
}

function cutAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return [text.slice(0, at), text.slice(at + 1)]
}
