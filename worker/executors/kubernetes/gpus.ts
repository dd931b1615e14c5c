// The GPUs of a cluster's nodes, for a worker that runs commands there.
import type { V1Node } from '@kubernetes/client-node'
import type { GpuInfo, GpuProvider } from '../../gpu/provider.ts'
import type { KubernetesSettings } from '../../shim/files.ts'
import { type Cluster, openCluster, wordsOf } from './client.ts'
import { countOf, gpusOf, isLabelled, takesRuns } from './nodes.ts'

/** As many as a worker may have. */
const MOST_GPUS = 64
const AWAY = 'The cluster does not answer'

/** What they do, a worker on each node tells (`EXECUTORS=none`): there is nothing to read here. */
export function kubernetesGpus(
  settings: Pick<KubernetesSettings, 'access' | 'nodeSelector' | 'gpuResource'>,
  open: (access: KubernetesSettings['access']) => Promise<Pick<Cluster, 'core'>> = openCluster,
): GpuProvider {
  let cluster: Pick<Cluster, 'core'> | undefined
  let gpus: readonly GpuInfo[] = []
  let places: ReadonlyMap<string, string> = new Map()
  let notice: string | null = 'The cluster was not asked yet.'
  const labelSelector = Object.entries(settings.nodeSelector)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
  const look = async () => {
    cluster ??= await open(settings.access)
    const { items } = await cluster.core.listNode(labelSelector === '' ? {} : { labelSelector })
    const seen = readNodes(items, settings.gpuResource)
    gpus = seen.gpus
    places = seen.places
    notice = seen.notice
  }
  return {
    list: async () => {
      try {
        await look()
      } catch (error) {
        // What runs there does so without an answer, so what was known stays.
        notice = `${AWAY}: ${wordsOf(error)}`
      }
      return gpus
    },
    places: () => places,
    notice: () => notice,
    sample: async () => [],
    processes: async () => null,
    health: async () => [],
    onEvent: () => () => undefined,
    close: async () => undefined,
  }
}

/** True for a notice of a cluster that was not reached. */
export function isAway(notice: string | null): boolean {
  return notice?.startsWith(AWAY) ?? false
}

/** All GPUs, also those of nodes that take no runs now; `places` has the nodes of the others. */
export function readNodes(nodes: readonly V1Node[], resource: string) {
  const nameOf = ({ metadata }: V1Node) => metadata?.name ?? ''
  const having = nodes
    .filter((node) => countOf(node, resource) > 0)
    .sort((one, other) => nameOf(one).localeCompare(nameOf(other)))
  const all = having.flatMap((node) => gpusOf(node, resource).map((gpu) => ({ gpu, node })))
  const taken = all.slice(0, MOST_GPUS)
  const unlabelled = having.filter((node) => !isLabelled(node)).map(nameOf)
  const words = [
    ...(all.length === 0 ? [`No node of the cluster has ${resource} to give.`] : []),
    ...(all.length > taken.length ? [`The nodes have ${all.length} GPUs, and a worker at most ${MOST_GPUS}.`] : []),
    ...(unlabelled.length > 0 ? [`Nobody has labelled what GPUs are in ${unlabelled.join(', ')}.`] : []),
  ]
  return {
    gpus: taken.map(({ gpu }) => gpu),
    places: new Map(taken.flatMap(({ gpu, node }) => (takesRuns(node) ? [[gpu.uuid, nameOf(node)] as const] : []))),
    notice: words.length === 0 ? null : words.join(' ').slice(0, 1_000).toWellFormed(),
  }
}
