// Holds the network policies against the table of connections: each is allowed on both sides, and no other between us is.
import { BlockList } from 'node:net'
import * as v from 'valibot'
import { CONNECTIONS, type Connection, type Party } from './connections.ts'
import { type Fault, nameOf, namespaceOf, ofKind, type Resource, selects, workloadsOf } from './resources.ts'

/** A party as policies see it: a pod with labels, or an address. */
interface Place {
  namespace: string
  labels: Readonly<Record<string, string>>
  /** For whoever is no pod of the cluster, or is not known by its labels. */
  address?: string
}

const selector = v.looseObject({
  matchLabels: v.optional(v.record(v.string(), v.string()), {}),
  matchExpressions: v.optional(
    v.array(v.looseObject({ key: v.string(), operator: v.literal('In'), values: v.array(v.string()) })),
    [],
  ),
})
type Selector = v.InferOutput<typeof selector>
const peer = v.looseObject({
  podSelector: v.optional(selector),
  namespaceSelector: v.optional(selector),
  ipBlock: v.optional(v.looseObject({ cidr: v.string(), except: v.optional(v.array(v.string()), []) })),
})
const ports = v.optional(v.array(v.looseObject({ protocol: v.optional(v.string()), port: v.number() })))
const policySpec = v.looseObject({
  podSelector: selector,
  policyTypes: v.array(v.picklist(['Ingress', 'Egress'])),
  ingress: v.optional(v.array(v.looseObject({ from: v.optional(v.array(peer)), ports })), []),
  egress: v.optional(v.array(v.looseObject({ to: v.optional(v.array(peer)), ports })), []),
})

interface Policy {
  namespace: string
  spec: v.InferOutput<typeof policySpec>
}

const OURS = 'constellation'
const WORKERS = 'constellation-workers'
const app = (name: string, namespace = OURS): Place => ({ namespace, labels: { 'app.kubernetes.io/name': name } })
const pods = (namespace: string, labels: Record<string, string> = {}): Place => ({ namespace, labels })

/** Everybody but the ingress controller, whose namespace is for the overlay to say. */
const PLACES: Readonly<Record<Exclude<Party, 'ingress'>, Place>> = {
  gateway: app('gateway'),
  jobs: app('jobs'),
  gpus: app('gpus'),
  usage: app('usage'),
  migrate: app('migrate'),
  backup: app('backup'),
  restore: app('restore'),
  nats: app('nats'),
  worker: app('worker', WORKERS),
  executor: app('executor', WORKERS),
  'gpu-watch': app('gpu-watch', WORKERS),
  postgres: pods(OURS, { 'cnpg.io/cluster': 'postgres' }),
  monitoring: pods('monitoring'),
  'cnpg-operator': pods('cnpg-system'),
  dns: pods('kube-system', { 'k8s-app': 'kube-dns' }),
  'api-server': { namespace: '', labels: {}, address: '10.0.0.1' },
  world: { namespace: '', labels: {}, address: '203.0.113.7' },
}
const PARTIES = [
  'gateway',
  'jobs',
  'gpus',
  'usage',
  'migrate',
  'backup',
  'restore',
  'nats',
  'worker',
  'executor',
  'gpu-watch',
  'postgres',
] as const
const PORTS = [53, 80, 443, 4000, 4222, 5432, 6222, 8222, 9464]
/** Others in the cluster, and what clouds give credentials by: nothing of ours has business there. */
const NEVER: Readonly<Record<string, Place>> = {
  'pods of others': pods('somebody-else', { app: 'database' }),
  "the cloud's metadata": { namespace: '', labels: {}, address: '169.254.169.254' },
  'private addresses': { namespace: '', labels: {}, address: '10.1.2.3' },
}

/** `ingressFrom` is the namespace of the ingress controller. */
export function checkNetwork(resources: readonly Resource[], ingressFrom: string): Fault[] {
  const policies = ofKind(resources, 'NetworkPolicy').map((resource) => ({
    namespace: namespaceOf(resource),
    spec: v.parse(policySpec, resource.spec),
  }))
  const present = new Set<Party>(workloadsOf(resources).map(({ labels }) => partyOf(labels['app.kubernetes.io/name'])))
  const clusters = ofKind(resources, 'Cluster').length > 0
  const isThere = (party: Party) =>
    party in PRESENT_AS_WORKLOAD ? present.has(party) : party !== 'postgres' || clusters
  const places = { ...PLACES, ingress: pods(ingressFrom) }
  const wanted = CONNECTIONS.filter((each) => isThere(each.from) && isThere(each.to) && isPart(each, resources))
  return [
    ...ofDefaults(resources, policies),
    ...wanted.flatMap((each) => missing(each, places, policies)),
    ...PARTIES.filter(isThere).flatMap((from) => tooMuch(from, wanted, policies, PARTIES.filter(isThere))),
  ]
}

const PRESENT_AS_WORKLOAD: Partial<Record<Party, true>> = {
  gateway: true,
  jobs: true,
  gpus: true,
  usage: true,
  migrate: true,
  backup: true,
  restore: true,
  nats: true,
  worker: true,
  executor: true,
  'gpu-watch': true,
}

function partyOf(name = ''): Party {
  return PARTIES.find((party) => party === name) ?? 'world'
}

function isPart({ with: component }: Connection, resources: readonly Resource[]): boolean {
  const has = (name: string) => resources.some((resource) => nameOf(resource) === name)
  if (component === 'nats-cluster') return has('PodDisruptionBudget/nats')
  if (component === 'usage-bucket') return settingIs(resources, 'LAKE_BUCKET')
  if (component === 'tracing') return settingIs(resources, 'OTEL_EXPORTER_OTLP_ENDPOINT')
  if (component === 'ingress') return has('Ingress/constellation')
  return true
}

/** Whether any config map says so. */
function settingIs(resources: readonly Resource[], name: string): boolean {
  return ofKind(resources, 'ConfigMap').some(({ data }) => typeof data === 'object' && data !== null && name in data)
}

/** Whoever is named by no other policy is still held by one. */
function ofDefaults(resources: readonly Resource[], policies: readonly Policy[]): Fault[] {
  return ofKind(resources, 'Namespace').flatMap(({ metadata: { name } }) => {
    const denies = (type: 'Ingress' | 'Egress') =>
      policies.some(
        ({ namespace, spec }) => namespace === name && isEverybody(spec.podSelector) && spec.policyTypes.includes(type),
      )
    return denies('Ingress') && denies('Egress')
      ? []
      : [{ rule: 'network: default', where: `Namespace/${name}`, what: 'what is not named may speak to anybody' }]
  })
}

function isEverybody({ matchLabels, matchExpressions }: Selector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
}

function missing(
  { from, to, port, why }: Connection,
  places: Readonly<Record<Party, Place>>,
  policies: readonly Policy[],
): Fault[] {
  const where = `${from} → ${to}:${port}`
  const faults: Fault[] = []
  // Whoever is elsewhere has policies of its own.
  if (isOurs(places[from]) && !allows('Egress', places[from], places[to], port, policies)) {
    faults.push({ rule: 'network: egress', where, what: why })
  }
  if (isOurs(places[to]) && !allows('Ingress', places[to], places[from], port, policies)) {
    faults.push({ rule: 'network: ingress', where, what: why })
  }
  return faults
}

function tooMuch(
  from: Party & keyof typeof PLACES,
  wanted: readonly Connection[],
  policies: readonly Policy[],
  others: readonly (Party & keyof typeof PLACES)[],
): Fault[] {
  const place = PLACES[from]
  const isWanted = (to: Party, port: number) =>
    wanted.some((each) => each.from === from && each.to === to && each.port === port)
  const between = others.flatMap((to) =>
    PORTS.filter(
      (port) =>
        !isWanted(to, port) &&
        allows('Egress', place, PLACES[to], port, policies) &&
        allows('Ingress', PLACES[to], place, port, policies),
    ).map((port) => ({ rule: 'network: too much', where: `${from} → ${to}:${port}`, what: 'no program does that' })),
  )
  // Who speaks to the API server, which may have any address.
  const outside =
    from === 'postgres' || from === 'executor'
      ? []
      : Object.entries(NEVER).flatMap(([name, to]) =>
          PORTS.filter((port) => allows('Egress', place, to, port, policies)).map((port) => ({
            rule: 'network: too much',
            where: `${from} → ${name}:${port}`,
            what: 'no program does that',
          })),
        )
  return [...between, ...outside]
}

function isOurs({ namespace }: Place): boolean {
  return namespace === OURS || namespace === WORKERS
}

/** Whether the policies of `whose` pods let it connect to, or be connected by, the other. */
function allows(
  type: 'Ingress' | 'Egress',
  whose: Place,
  other: Place,
  port: number,
  policies: readonly Policy[],
): boolean {
  const own = policies.filter(
    ({ namespace, spec }) =>
      namespace === whose.namespace && spec.policyTypes.includes(type) && isSelected(spec.podSelector, whose.labels),
  )
  if (own.length === 0) return true
  return own.some(({ namespace, spec }) =>
    (type === 'Ingress'
      ? spec.ingress.map(({ from, ports }) => ({ peers: from, ports }))
      : spec.egress.map(({ to, ports }) => ({ peers: to, ports }))
    ).some(
      ({ peers, ports }) =>
        (!ports || ports.some((each) => each.port === port)) &&
        (!peers || peers.some((each) => isPeer(each, other, namespace))),
    ),
  )
}

function isPeer(
  { podSelector, namespaceSelector, ipBlock }: v.InferOutput<typeof peer>,
  other: Place,
  namespace: string,
): boolean {
  if (ipBlock)
    return (
      other.address !== undefined &&
      isWithin(other.address, ipBlock.cidr) &&
      !ipBlock.except.some((cidr) => isWithin(other.address ?? '', cidr))
    )
  if (other.address !== undefined) return false
  const inNamespace = namespaceSelector
    ? isSelected(namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace })
    : other.namespace === namespace
  return inNamespace && (!podSelector || isSelected(podSelector, other.labels))
}

function isSelected({ matchLabels, matchExpressions }: Selector, labels: Readonly<Record<string, string>>): boolean {
  return selects(matchLabels, labels) && matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ''))
}

function isWithin(address: string, cidr: string): boolean {
  const [net = '', prefix = ''] = cidr.split('/')
  const list = new BlockList()
  list.addSubnet(net, Number(prefix), 'ipv4')
  return list.check(address, 'ipv4')
}
