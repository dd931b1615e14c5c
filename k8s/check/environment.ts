// The environment of each container as the cluster would make it, held against what its program reads.
import * as v from 'valibot'
import { isCommand } from '../image/entry.ts'
import type { Contents } from '../secrets/contents.ts'
import { SERVICES_ELSEWHERE } from './known-elsewhere.ts'
import { faultsOfEnvironment } from './programs.ts'
import {
  type Container,
  containersOf,
  type Fault,
  nameOf,
  namespaceOf,
  ofKind,
  type Resource,
  workloadsOf,
} from './resources.ts'

const data = v.optional(v.record(v.string(), v.string()), {})

export function checkEnvironments(resources: readonly Resource[], secrets: Contents): Fault[] {
  const configMaps = new Map(
    ofKind(resources, 'ConfigMap').map((map) => [`${namespaceOf(map)}/${map.metadata.name}`, v.parse(data, map.data)]),
  )
  return workloadsOf(resources).flatMap((workload) => {
    const { resource } = workload
    return containersOf(workload)
      .filter(({ image }) => /(^|\/)constellation[:@]/.test(image))
      .flatMap((container) => {
        const where = `${nameOf(resource)} ${container.name}`
        const command = container.args?.[0]
        if (!isCommand(command)) return [{ rule: 'command', where, what: `the image knows no ${command}` }]
        const env = environmentOf(container, namespaceOf(resource), configMaps, secrets)
        return [
          ...faultsOfEnvironment(command, env).map((what) => ({ rule: 'environment', where, what })),
          ...unreachable(env, namespaceOf(resource), resources).map((what) => ({ rule: 'address', where, what })),
        ]
      })
  })
}

type ConfigMaps = ReadonlyMap<string, Readonly<Record<string, string>>>

function environmentOf(
  container: Container,
  namespace: string,
  configMaps: ConfigMaps,
  secrets: Contents,
): Record<string, string> {
  const env: Record<string, string> = {}
  for (const { configMapRef, secretRef } of container.envFrom) {
    Object.assign(env, configMaps.get(`${namespace}/${configMapRef?.name}`), secrets[secretRef?.name ?? ''])
  }
  for (const { name, value, valueFrom } of container.env) {
    const from = valueFrom?.secretKeyRef
      ? secrets[valueFrom.secretKeyRef.name]?.[valueFrom.secretKeyRef.key]
      : undefined
    const found = value ?? from ?? (valueFrom?.fieldRef && 'somewhere')
    if (found !== undefined) env[name] = found.replace(/\$\((\w+)\)/g, (whole, other) => env[other] ?? whole)
  }
  return env
}

const ADDRESSES = [
  'DATABASE_URL',
  'DATABASE_REPLICA_URL',
  'NATS_URL',
  'GATEWAY_URL',
  'JOBS_URL',
  'GPUS_URL',
  'USAGE_URL',
]

/** Each URL names a service that is there, and a port of it. */
function unreachable(
  env: Readonly<Record<string, string>>,
  namespace: string,
  resources: readonly Resource[],
): string[] {
  return ADDRESSES.flatMap((name) => {
    const value = env[name]
    if (value === undefined || !URL.canParse(value)) return []
    const { hostname, port } = new URL(value)
    const [service = '', inNamespace = namespace] = hostname.split('.')
    if (SERVICES_ELSEWHERE.includes(service))
      return port === '5432' ? [] : [`${name}: ${service} does not answer at ${port}`]
    const found = ofKind(resources, 'Service').find(
      (each) => each.metadata.name === service && namespaceOf(each) === inNamespace,
    )
    if (!found) return [`${name}: there is no service ${hostname}`]
    const { ports } = v.parse(v.looseObject({ ports: v.array(v.looseObject({ port: v.number() })) }), found.spec)
    return ports.some((each) => String(each.port) === port) ? [] : [`${name}: ${hostname} does not answer at ${port}`]
  })
}
