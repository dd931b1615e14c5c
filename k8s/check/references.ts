// Whatever is named has to be there: config maps, secrets and their keys, accounts, ports, volumes, and who is selected.
import * as v from 'valibot'
import type { Contents } from '../secrets/contents.ts'
import { CONFIG_MAPS_ELSEWHERE, MADE_BY_CERT_MANAGER, RUNTIME_CLASSES } from './known-elsewhere.ts'
import {
  type Container,
  containersOf,
  type Fault,
  nameOf,
  namespaceOf,
  ofKind,
  type Resource,
  selects,
  type Volume,
  type Workload,
  workloadsOf,
} from './resources.ts'

interface Place {
  resources: readonly Resource[]
  workloads: readonly Workload[]
  secrets: Contents
}

export function checkReferences(resources: readonly Resource[], secrets: Contents): Fault[] {
  const place = { resources, workloads: workloadsOf(resources), secrets }
  return [
    ...place.workloads.flatMap((workload) => ofWorkload(workload, place)),
    ...ofKind(resources, 'Service').flatMap((service) => ofService(service, place)),
    ...ofKind(resources, 'Ingress').flatMap((ingress) => ofIngress(ingress, place)),
    ...ofKind(resources, 'PodDisruptionBudget', 'NetworkPolicy').flatMap((policy) => ofSelector(policy, place)),
    ...ofKind(resources, 'HorizontalPodAutoscaler', 'ScaledObject').flatMap((scaler) => ofScaler(scaler, place)),
    ...ofKind(resources, 'ScheduledBackup', 'Cluster').flatMap((resource) => ofDatabase(resource, place)),
    ...ofNamespaces(resources),
  ]
}

function find(place: Place, kind: string, name: string, namespace: string): Resource | undefined {
  return place.resources.find(
    (each) => each.kind === kind && each.metadata.name === name && namespaceOf(each) === namespace,
  )
}

function ofWorkload(workload: Workload, place: Place): Fault[] {
  const { resource, spec, labels } = workload
  const where = nameOf(resource)
  const namespace = namespaceOf(resource)
  const faults: Fault[] = []
  const lacks = (rule: string, what: string) => faults.push({ rule, where, what })
  const { serviceAccountName = 'default', volumes, runtimeClassName, topologySpreadConstraints } = spec.template.spec
  if (!find(place, 'ServiceAccount', serviceAccountName, namespace)) lacks('service account', serviceAccountName)
  if (spec.selector && !selects(spec.selector.matchLabels, labels)) lacks('selector', 'it does not select its own pods')
  if (runtimeClassName !== undefined && !RUNTIME_CLASSES.includes(runtimeClassName))
    lacks('runtime class', runtimeClassName)
  if (spec.serviceName !== undefined && !find(place, 'Service', spec.serviceName, namespace))
    lacks('service', spec.serviceName)
  for (const { labelSelector } of topologySpreadConstraints) {
    if (!selects(labelSelector.matchLabels, labels)) lacks('spread', 'it spreads pods that are not its own')
  }
  const mountable = [
    ...volumes.map(({ name }) => name),
    ...spec.volumeClaimTemplates.map(({ metadata }) => metadata.name),
  ]
  for (const volume of volumes) for (const [rule, what] of ofVolume(volume, namespace, place)) lacks(rule, what)
  for (const container of containersOf(workload)) {
    for (const [rule, what] of ofContainer(container, namespace, place)) lacks(rule, `${container.name}: ${what}`)
    for (const { name } of container.volumeMounts)
      if (!mountable.includes(name)) lacks('volume', `${container.name}: ${name}`)
  }
  return faults
}

type Lack = [rule: string, what: string]

function ofVolume(volume: Volume, namespace: string, place: Place): Lack[] {
  return [volume, ...(volume.projected?.sources ?? [])].flatMap(({ configMap, secret }): Lack[] => {
    const lacks: Lack[] = []
    if (configMap) {
      const keys = keysOfConfigMap(place, configMap.name, namespace)
      if (!keys) lacks.push(['config map', configMap.name])
      for (const { key } of configMap.items ?? [])
        if (keys && !keys.includes(key)) lacks.push(['config map', `${configMap.name}: ${key}`])
    }
    const secretName = secret?.secretName ?? secret?.name
    const claim = volume.persistentVolumeClaim?.claimName
    if (claim !== undefined && !find(place, 'PersistentVolumeClaim', claim, namespace)) lacks.push(['volume', claim])
    if (secretName !== undefined) {
      if (!place.secrets[secretName]) lacks.push(['secret', secretName])
      for (const { key } of secret?.items ?? [])
        if (place.secrets[secretName]?.[key] === undefined) lacks.push(['secret', `${secretName}: ${key}`])
    }
    return lacks
  })
}

function ofContainer(container: Container, namespace: string, place: Place): Lack[] {
  const lacks: Lack[] = []
  for (const { configMapRef } of container.envFrom) {
    if (configMapRef && !keysOfConfigMap(place, configMapRef.name, namespace))
      lacks.push(['config map', configMapRef.name])
  }
  for (const { valueFrom } of container.env) {
    const ref = valueFrom?.secretKeyRef
    if (ref && place.secrets[ref.name]?.[ref.key] === undefined) lacks.push(['secret', `${ref.name}: ${ref.key}`])
  }
  for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
    const port = probe?.httpGet?.port
    if (port === undefined) continue
    const isThere = container.ports.some(({ name, containerPort }) => port === name || port === containerPort)
    if (!isThere) lacks.push(['port', `a probe asks ${port}`])
  }
  return lacks
}

function keysOfConfigMap(place: Place, name: string, namespace: string): readonly string[] | undefined {
  const elsewhere = CONFIG_MAPS_ELSEWHERE[name]
  if (elsewhere) return elsewhere
  const data = find(place, 'ConfigMap', name, namespace)?.data
  return data === undefined ? undefined : Object.keys(v.parse(v.record(v.string(), v.string()), data))
}

const serviceSpec = v.looseObject({
  selector: v.record(v.string(), v.string()),
  ports: v.array(
    v.looseObject({
      name: v.optional(v.string()),
      port: v.number(),
      targetPort: v.optional(v.union([v.string(), v.number()])),
    }),
  ),
})

function ofService(service: Resource, place: Place): Fault[] {
  const where = nameOf(service)
  const { selector, ports } = v.parse(serviceSpec, service.spec)
  const behind = place.workloads.filter(
    ({ resource, labels }) => namespaceOf(resource) === namespaceOf(service) && selects(selector, labels),
  )
  if (behind.length === 0) return [{ rule: 'selector', where, what: 'it selects no pods' }]
  return ports.flatMap(({ targetPort, port }) => {
    const wanted = targetPort ?? port
    const isThere = behind.every((workload) =>
      containersOf(workload).some((container) =>
        container.ports.some(({ name, containerPort }) => wanted === name || wanted === containerPort),
      ),
    )
    return isThere ? [] : [{ rule: 'port', where, what: `its pods have no port ${wanted}` }]
  })
}

const ingressSpec = v.looseObject({
  tls: v.optional(v.array(v.looseObject({ hosts: v.array(v.string()), secretName: v.string() })), []),
  rules: v.array(
    v.looseObject({
      host: v.string(),
      http: v.looseObject({
        paths: v.array(
          v.looseObject({
            backend: v.looseObject({
              service: v.looseObject({
                name: v.string(),
                port: v.looseObject({ name: v.optional(v.string()), number: v.optional(v.number()) }),
              }),
            }),
          }),
        ),
      }),
    }),
  ),
})

function ofIngress(ingress: Resource, place: Place): Fault[] {
  const where = nameOf(ingress)
  const { tls, rules } = v.parse(ingressSpec, ingress.spec)
  const secured = tls.flatMap(({ hosts }) => hosts)
  const faults: Fault[] = []
  for (const { secretName } of tls) {
    if (!MADE_BY_CERT_MANAGER.includes(secretName)) faults.push({ rule: 'secret', where, what: secretName })
  }
  const issuer = ingress.metadata.annotations?.['cert-manager.io/issuer']
  if (issuer === undefined || !find(place, 'Issuer', issuer, namespaceOf(ingress))) {
    faults.push({ rule: 'issuer', where, what: issuer ?? 'nobody makes its certificate' })
  }
  if (ingress.metadata.annotations?.['traefik.ingress.kubernetes.io/router.entrypoints'] !== 'websecure')
    faults.push({ rule: 'tls', where, what: 'it answers without TLS, too' })
  for (const { host, http } of rules) {
    if (!secured.includes(host)) faults.push({ rule: 'tls', where, what: `${host} has no certificate` })
    for (const { backend } of http.paths) {
      const { name, port } = backend.service
      const service = find(place, 'Service', name, namespaceOf(ingress))
      const ports = service ? v.parse(serviceSpec, service.spec).ports : []
      if (!service) faults.push({ rule: 'service', where, what: name })
      else if (!ports.some((each) => each.name === port.name || each.port === port.number))
        faults.push({ rule: 'port', where, what: `${name} has no port ${port.name ?? port.number}` })
    }
  }
  return faults
}

const labelSelector = v.looseObject({
  matchLabels: v.optional(v.record(v.string(), v.string()), {}),
  matchExpressions: v.optional(
    v.array(v.looseObject({ key: v.string(), operator: v.literal('In'), values: v.array(v.string()) })),
    [],
  ),
})
const selecting = v.looseObject({ selector: v.optional(labelSelector), podSelector: v.optional(labelSelector) })

/** Pods that operators make, by their labels. */
const MADE_BY_OPERATORS = [{ 'cnpg.io/cluster': 'postgres' }, { 'acme.cert-manager.io/http01-solver': 'true' }]

/** Everything that is said about pods is about some. */
function ofSelector(policy: Resource, place: Place): Fault[] {
  const { selector, podSelector } = v.parse(selecting, policy.spec)
  const { matchLabels, matchExpressions } = selector ?? podSelector ?? { matchLabels: {}, matchExpressions: [] }
  const ours = place.workloads.filter(({ resource }) => namespaceOf(resource) === namespaceOf(policy))
  const all = [...ours.map(({ labels }) => labels), ...MADE_BY_OPERATORS]
  const isSomeones = all.some((labels) => selects(matchLabels, labels))
  const missing = matchExpressions.flatMap(({ key, values }) =>
    values.filter((value) => !all.some((labels: Readonly<Record<string, string>>) => labels[key] === value)),
  )
  const where = nameOf(policy)
  if (!isSomeones) return [{ rule: 'selector', where, what: 'it selects no pods' }]
  return missing.map((value) => ({ rule: 'selector', where, what: `there are no pods of ${value}` }))
}

const scalerSpec = v.looseObject({ scaleTargetRef: v.looseObject({ kind: v.string(), name: v.string() }) })

function ofScaler(scaler: Resource, place: Place): Fault[] {
  const { kind, name } = v.parse(scalerSpec, scaler.spec).scaleTargetRef
  const target = find(place, kind, name, namespaceOf(scaler))
  const where = nameOf(scaler)
  if (!target) return [{ rule: 'target', where, what: `there is no ${kind}/${name}` }]
  const { replicas } = v.parse(v.looseObject({ replicas: v.optional(v.number()) }), target.spec)
  return replicas === undefined ? [] : [{ rule: 'target', where, what: `${kind}/${name} says itself how many it is` }]
}

const named = v.looseObject({ name: v.string() })
const databaseSpec = v.looseObject({
  cluster: v.optional(named),
  bootstrap: v.optional(v.looseObject({ initdb: v.looseObject({ secret: v.optional(named) }) })),
  managed: v.optional(v.looseObject({ roles: v.array(v.looseObject({ passwordSecret: named })) })),
  plugins: v.optional(
    v.array(v.looseObject({ parameters: v.optional(v.looseObject({ barmanObjectName: v.string() })) })),
    [],
  ),
})

function ofDatabase(resource: Resource, place: Place): Fault[] {
  const { cluster, bootstrap, managed, plugins } = v.parse(databaseSpec, resource.spec)
  const where = nameOf(resource)
  const faults: Fault[] = []
  if (cluster && !find(place, 'Cluster', cluster.name, namespaceOf(resource)))
    faults.push({ rule: 'target', where, what: cluster.name })
  const secrets = [bootstrap?.initdb.secret, ...(managed?.roles.map(({ passwordSecret }) => passwordSecret) ?? [])]
  for (const secret of secrets)
    if (secret && !place.secrets[secret.name]) faults.push({ rule: 'secret', where, what: secret.name })
  for (const { parameters } of plugins) {
    const name = parameters?.barmanObjectName
    if (name !== undefined && !find(place, 'ObjectStore', name, namespaceOf(resource)))
      faults.push({ rule: 'target', where, what: name })
  }
  return faults
}

const OF_NO_NAMESPACE = ['Namespace', 'ClusterRole', 'ClusterRoleBinding']

function ofNamespaces(resources: readonly Resource[]): Fault[] {
  const namespaces = ofKind(resources, 'Namespace').map(({ metadata }) => metadata.name)
  return resources
    .filter(({ kind }) => !OF_NO_NAMESPACE.includes(kind))
    .filter((resource) => !namespaces.includes(namespaceOf(resource)))
    .map((resource) => ({ rule: 'namespace', where: nameOf(resource), what: namespaceOf(resource) || 'it has none' }))
}
