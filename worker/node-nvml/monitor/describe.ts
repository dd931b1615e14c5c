// What does not change about a GPU and its MIG instances.
import type { NvmlDevice } from '../device.ts'
import type { GpuDescription } from '../monitor.ts'
import type { Known } from './machine.ts'

/** The links that a GPU may have where it does not tell how many. */
const MOST_LINKS = 18

/** The GPU, then its instances; its peers are still to be found. @throws NvmlError where it is lost */
export function describeGpu(device: NvmlDevice, index: number): Known[] {
  const gpu = describeOne(device, index)
  const mig = device.migMode()
  const whole: Known = { device, description: { ...gpu, migEnabled: mig?.current ?? null } }
  return mig?.current ? [whole, ...instancesOf(device, gpu)] : [whole]
}

function describeOne(device: NvmlDevice, index: number): GpuDescription {
  return {
    uuid: device.uuid(),
    name: device.name(),
    index,
    lost: false,
    totalMemoryBytes: device.memory()?.totalBytes ?? null,
    computeCapability: device.computeCapability(),
    pciBusId: device.pci()?.busId ?? null,
    migEnabled: null,
    mig: null,
    nvlinkPeers: [],
    nvlinksToSwitches: 0,
    slowdownTemperatureC: device.temperatureThresholdC('slowdown'),
    shutdownTemperatureC: device.temperatureThresholdC('shutdown'),
  }
}

function instancesOf(device: NvmlDevice, gpu: GpuDescription): Known[] {
  const indexes = Array.from({ length: device.maxMigDevices() ?? 0 }, (_, index) => index)
  return indexes.flatMap((index) => {
    const instance = device.migDevice(index)
    const gpuInstanceId = instance?.gpuInstanceId()
    const computeInstanceId = instance?.computeInstanceId()
    if (!instance || gpuInstanceId == null || computeInstanceId == null) return []
    const mig = { parentUuid: gpu.uuid, gpuInstanceId, computeInstanceId }
    const { slowdownTemperatureC, shutdownTemperatureC, pciBusId, computeCapability } = gpu
    const ofGpu = { slowdownTemperatureC, shutdownTemperatureC, pciBusId, computeCapability }
    return [{ device: instance, description: { ...describeOne(instance, index), ...ofGpu, mig } }]
  })
}

/** NVLinks tell the PCI address of the other end, which is known when all GPUs are. */
export function withPeers(known: readonly Known[]): Known[] {
  const uuids = new Map(
    known.flatMap(({ description: { mig, pciBusId, uuid } }) =>
      mig === null && pciBusId !== null ? [[pciBusId.toLowerCase(), uuid] as const] : [],
    ),
  )
  return known.map(({ description, device }) => {
    if (description.mig !== null || !device) return { description, device }
    return { device, description: { ...description, ...linksOf(device, uuids) } }
  })
}

function linksOf(
  device: NvmlDevice,
  uuids: ReadonlyMap<string, string>,
): Pick<GpuDescription, 'nvlinkPeers' | 'nvlinksToSwitches'> {
  const links = new Map<string, number>()
  let nvlinksToSwitches = 0
  const count = Math.min(device.nvlinkCount() ?? MOST_LINKS, MOST_LINKS * 2)
  for (let link = 0; link < count; link++) {
    if (!device.nvlinkActive(link)) continue
    if (device.nvlinkRemoteType(link) === 'switch') nvlinksToSwitches++
    const peer = uuids.get(device.nvlinkRemotePci(link)?.busId.toLowerCase() ?? '')
    if (peer !== undefined) links.set(peer, (links.get(peer) ?? 0) + 1)
  }
  return { nvlinkPeers: [...links].map(([uuid, count]) => ({ uuid, links: count })), nvlinksToSwitches }
}
