// What Docker is asked for: the run's specification in Docker's words.
import { cpus, totalmem } from 'node:os'
import type { ContainerCreateOptions, DeviceRequest, MountSettings } from 'dockerode'
import type { Container, DockerSettings, RunSpec } from '../../shim/files.ts'
import { labelsOf } from './labels.ts'

/** What of the daemon's own description matters here. */
export interface DaemonInfo {
  /** Devices by their CDI names; daemons before 28.2 do not list them. */
  DiscoveredDevices?: readonly { Source: string; ID: string }[] | null
  CDISpecDirs?: readonly string[] | null
  Runtimes?: Readonly<Record<string, unknown>> | null
  /** Whether these can be limited on this machine. */
  MemoryLimit?: boolean
  CpuCfsQuota?: boolean
}

/** `mounts` are those of the container, as they were allowed. */
export function containerOptions(
  spec: RunSpec,
  container: Container,
  docker: DockerSettings,
  mounts: Container['mounts'],
  info: DaemonInfo,
): ContainerCreateOptions {
  const [program = '', ...rest] = spec.shell ? ['/bin/sh', '-c', ...spec.command] : spec.command
  return {
    name: `constellation-${spec.runId}`,
    Image: container.image,
    // In place of the image's own entry point: the command is a program and its arguments, here as elsewhere.
    Entrypoint: [program],
    Cmd: rest,
    Env: Object.entries(environmentOf(spec)).map(([name, value]) => `${name}=${value}`),
    ...(spec.workingDirectory !== null && { WorkingDir: spec.workingDirectory }),
    ...(docker.user !== null && { User: docker.user }),
    Labels: labelsOf(spec, docker),
    AttachStdin: false,
    AttachStdout: true,
    AttachStderr: true,
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      // Reaps orphans, and passes signals on to a command that would ignore them as process 1.
      Init: true,
      Mounts: mounts.map(bindMount),
      ...limitsOf(spec),
      DeviceRequests: deviceRequests(docker.gpuUuids, info),
      // The log is kept here; a second copy would fill the daemon's disk.
      LogConfig: { Type: 'none', Config: {} },
      SecurityOpt: ['no-new-privileges'],
    },
  }
}

/** GPUs by CDI where the daemon knows them so, else through NVIDIA's own hook. */
export function deviceRequests(uuids: readonly string[], info: DaemonInfo): DeviceRequest[] {
  if (uuids.length === 0) return []
  const names = uuids.map((uuid) => `nvidia.com/gpu=${uuid}`)
  const known = info.DiscoveredDevices?.filter(({ Source }) => Source === 'cdi').map(({ ID }) => ID)
  const hasHook = info.Runtimes != null && 'nvidia' in info.Runtimes
  // A daemon that reads CDI's files without listing what is in them is believed only where there is nothing else.
  const byCdi = known ? names.every((name) => known.includes(name)) : (info.CDISpecDirs?.length ?? 0) > 0 && !hasHook
  if (byCdi) return [{ Driver: 'cdi', DeviceIDs: names }]
  return [{ Driver: 'nvidia', DeviceIDs: [...uuids], Capabilities: [['gpu', 'compute', 'utility']] }]
}

/** Images may bring a word of their own about GPUs, such as `all`, which NVIDIA's runtime would follow. */
function environmentOf({ environment, docker }: RunSpec): Record<string, string> {
  return { ...environment, NVIDIA_VISIBLE_DEVICES: docker?.gpuUuids.join(',') || 'void' }
}

function limitsOf({ limits: { memoryMb, cpus: most } }: RunSpec) {
  const memory = memoryMb === null ? undefined : Math.floor(memoryMb * 2 ** 20)
  return {
    // The same for memory and swap together means: no swap.
    ...(memory !== undefined && { Memory: memory, MemorySwap: memory }),
    // Docker refuses more than there are, and that is no limit anyway.
    ...(most !== null && most < cpus().length && { NanoCpus: Math.max(1e7, Math.round(most * 1e9)) }),
    // Half of the memory, as on the machine itself: what is usual in Docker, 64 MB, ends many a data loader.
    ShmSize: Math.floor((memory ?? totalmem()) / 2),
  }
}

function bindMount({ source, target, readOnly }: Container['mounts'][number]): MountSettings {
  return { Type: 'bind', Source: source, Target: target, ReadOnly: readOnly }
}
