// Which device it is.
import type { Ask } from './ask.ts'
import { NAME_BYTES, PCI_V3, readText } from './layouts.ts'

export interface PciInfo {
  /** Such as `00000000:65:00.0`. */
  busId: string
  domain: number
  bus: number
  device: number
  /** Device and vendor, 16 bits each, the vendor being the lower. */
  deviceId: number
  subsystemId: number
}

export interface Identity {
  /** NVML's handle: equal for the same device, until the library is started anew. */
  readonly handle: number
  /** The same across reboots; begins with `GPU-`, or with `MIG-` for an instance. nvmlDeviceGetUUID */
  uuid(): string
  /** The model. nvmlDeviceGetName */
  name(): string
  /** NVML's, which may mean another GPU after a reboot. nvmlDeviceGetIndex */
  index(): number | null
  /** nvmlDeviceGetCudaComputeCapability */
  computeCapability(): { major: number; minor: number } | null
  /** nvmlDeviceGetPciInfo_v3 */
  pci(): PciInfo | null
}

export function identityOf(ask: Ask): Identity {
  return {
    handle: ask.handle,
    uuid: () => ask.text('nvmlDeviceGetUUID', NAME_BYTES),
    name: () => ask.text('nvmlDeviceGetName', NAME_BYTES),
    index: () => ask.uint('nvmlDeviceGetIndex'),
    computeCapability: () => {
      const [major, minor] = [Buffer.alloc(4), Buffer.alloc(4)]
      const signature = ['handle', 'buffer', 'buffer'] as const
      const offered = ask.library.offers('nvmlDeviceGetCudaComputeCapability', signature, ask.handle, major, minor)
      return offered ? { major: major.readInt32LE(0), minor: minor.readInt32LE(0) } : null
    },
    pci: () => {
      const buffer = ask.struct('nvmlDeviceGetPciInfo_v3', PCI_V3.size)
      return buffer && readPci(buffer)
    },
  }
}

export function readPci(buffer: Buffer): PciInfo {
  return {
    busId: readText(buffer.subarray(PCI_V3.busId, PCI_V3.size)),
    domain: buffer.readUInt32LE(PCI_V3.domain),
    bus: buffer.readUInt32LE(PCI_V3.bus),
    device: buffer.readUInt32LE(PCI_V3.device),
    deviceId: buffer.readUInt32LE(PCI_V3.deviceId),
    subsystemId: buffer.readUInt32LE(PCI_V3.subsystemId),
  }
}
