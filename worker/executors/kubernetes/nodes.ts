// A cluster's GPUs, from what Kubernetes knows of its nodes: how many there are, and by labels of NVIDIA's what they are.
import { createHash } from 'node:crypto'
import type { V1Node } from '@kubernetes/client-node'
import type { GpuInfo } from '../../gpu/provider.ts'

const LABELS = 'nvidia.com/'
/** Where nobody has labelled the node. */
const UNKNOWN = { name: 'GPU', memoryMb: 1 }

/**
 * Stand-ins: one for each GPU that the node may give away. Which card a run gets is decided on the node when its pod
 * starts, so a stand-in is a place for a run and not a card.
 */
export function gpusOf(node: V1Node, resource: string): GpuInfo[] {
  const labels = node.metadata?.labels ?? {}
  const count = countOf(node, resource)
  const label = (name: string) => labels[LABELS + name]
  const major = label('gpu.compute.major')
  return Array.from({ length: count }, (_, index) => ({
    uuid: standInOf(node.metadata?.uid ?? node.metadata?.name ?? '', resource, index),
    name: label('gpu.product') ?? UNKNOWN.name,
    index,
    totalMemoryMb: wholeOf(label('gpu.memory')) ?? UNKNOWN.memoryMb,
    computeCapability: major === undefined ? null : `${major}.${label('gpu.compute.minor') ?? 0}`,
    driverVersion: label('cuda.driver-version.full') ?? null,
    cudaVersion: cudaOf(label('cuda.runtime-version.full')),
    pciBusId: null,
    mig: null,
    nvlinkPeers: [],
    simulated: false,
  }))
}

/** True where a run may be put there now. */
export function takesRuns({ spec, status }: V1Node): boolean {
  const ready = status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')
  return spec?.unschedulable !== true && ready === true
}

/** True where the labels say what its GPUs are. */
export function isLabelled({ metadata }: V1Node): boolean {
  return (
    metadata?.labels?.[`${LABELS}gpu.product`] !== undefined && metadata.labels[`${LABELS}gpu.memory`] !== undefined
  )
}

export function countOf({ status }: V1Node, resource: string): number {
  return wholeOf(status?.allocatable?.[resource]) ?? 0
}

/** The same for the same node, whoever asks; another where the node was made anew under its name. */
function standInOf(node: string, resource: string, index: number): string {
  const hash = createHash('sha256').update(`${node} ${resource}`).digest('hex')
  return `K8S-${hash.slice(0, 24)}-${index}`
}

function cudaOf(version: string | undefined): string | null {
  return version?.split('.', 2).join('.') ?? null
}

function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}
