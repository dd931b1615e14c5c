// How devices are joined: by the machine's board, and by NVLink.
import type { Ask } from './ask.ts'
import { isUnsupported, NvmlError, SUCCESS } from './errors.ts'
import { FIELD, type FieldValues } from './field-values.ts'
import { type PciInfo, readPci } from './identity.ts'
import { PCI_V3 } from './layouts.ts'

/** The nearest thing that two GPUs share: from one board to nothing nearer than the link between two CPUs. */
export type Topology = 'internal' | 'single' | 'multiple' | 'hostBridge' | 'node' | 'system'
type LinkEnd = 'gpu' | 'npu' | 'switch' | 'unknown'

export interface Links {
  /** nvmlDeviceGetTopologyCommonAncestor */
  topologyWith(other: { readonly handle: number }): Topology | null
  /** How many NVLinks it has, also those that are not in use: field 91 of nvmlDeviceGetFieldValues. */
  nvlinkCount(): number | null
  /** Null for a link that it does not have. nvmlDeviceGetNvLinkState */
  nvlinkActive(link: number): boolean | null
  /** What is at the other end. nvmlDeviceGetNvLinkRemotePciInfo_v2 */
  nvlinkRemotePci(link: number): PciInfo | null
  /** nvmlDeviceGetNvLinkRemoteDeviceType */
  nvlinkRemoteType(link: number): LinkEnd | null
}

const TOPOLOGY = ['internal', 'single', 'multiple', 'hostBridge', 'node', 'system'] as const
const TOPOLOGY_STEP = 10
const ENDS = ['gpu', 'npu', 'switch'] as const
/** NVML's answer to the number of a link that is not there. */
const INVALID_ARGUMENT = 2

export function linksOf(ask: Ask, { fieldValues }: FieldValues): Links {
  const ofLink = (call: string, bytes: number, link: number): Buffer | null => {
    const buffer = Buffer.alloc(bytes)
    const answer = ask.answer(call, buffer, link)
    if (answer === SUCCESS) return buffer
    if (answer === INVALID_ARGUMENT || isUnsupported(answer)) return null
    throw new NvmlError(call, answer)
  }
  return {
    topologyWith: (other) => {
      const level = Buffer.alloc(4)
      const call = 'nvmlDeviceGetTopologyCommonAncestor'
      const offered = ask.library.offers(call, ['handle', 'handle', 'buffer'], ask.handle, other.handle, level)
      return offered ? (TOPOLOGY[level.readUInt32LE() / TOPOLOGY_STEP] ?? null) : null
    },
    nvlinkCount: () => fieldValues([FIELD.nvlinkCount])[0]?.value ?? null,
    nvlinkActive: (link) => {
      const state = ofLink('nvmlDeviceGetNvLinkState', 4, link)
      return state && state.readUInt32LE() !== 0
    },
    nvlinkRemotePci: (link) => {
      const pci = ofLink('nvmlDeviceGetNvLinkRemotePciInfo_v2', PCI_V3.size, link)
      return pci && readPci(pci)
    },
    nvlinkRemoteType: (link) => {
      const type = ofLink('nvmlDeviceGetNvLinkRemoteDeviceType', 4, link)
      return type && (ENDS[type.readUInt32LE()] ?? 'unknown')
    },
  }
}
