// Mistakes as people make them in manifests: each a change of what was right, and the rule that has to name it.
import type { Resource } from './resources.ts'

export interface Planted {
  mistake: string
  rule: string
  plant(resources: Resource[]): void
}

const GATEWAY = 'Deployment/gateway'
const JOBS = 'Deployment/jobs'
const POD = 'spec.template.spec'
const MAIN = `${POD}.containers.0`
const IN_CRON = `spec.jobTemplate.${MAIN}`

/** Of the overlay `production`. */
export const PLANTED: readonly Planted[] = [
  changed('a field of a probe is misspelt', 'unknown field', GATEWAY, `${MAIN}.livenessProbe.failureTreshold`, 3),
  changed('a field stands one level too high', 'unknown field', GATEWAY, 'spec.serviceAccountName', 'gateway'),
  changed('a number is a word', 'schema', GATEWAY, `${MAIN}.ports.0.containerPort`, 'http'),
  changed('a field is missing', 'schema', 'HorizontalPodAutoscaler/gateway', 'spec.maxReplicas', undefined),
  changed(
    'an API is of another version',
    'schema',
    'HorizontalPodAutoscaler/gateway',
    'apiVersion',
    'autoscaling/v2beta2',
  ),
  changed('a field of a custom resource is misspelt', 'unknown field', 'Cluster/postgres', 'spec.storage.sizes', '1Gi'),
  changed('a field of a backup is misspelt', 'unknown field', 'ObjectStore/postgres', 'spec.configuration.wals', {}),
  changed(
    'the image is whatever is newest',
    'image',
    JOBS,
    `${MAIN}.image`,
    'registry.example.com/constellation:latest',
  ),
  changed('the command is misspelt', 'command', JOBS, `${MAIN}.args`, ['job']),
  changed('a container may be root', 'root', JOBS, `${POD}.securityContext.runAsNonRoot`, false),
  changed(
    'a container may write to its image',
    'read-only',
    GATEWAY,
    `${MAIN}.securityContext.readOnlyRootFilesystem`,
    undefined,
  ),
  changed(
    'a container may gain rights',
    'privileged',
    GATEWAY,
    `${MAIN}.securityContext.allowPrivilegeEscalation`,
    true,
  ),
  changed(
    'a container may do everything',
    'privileged',
    'StatefulSet/worker',
    `${MAIN}.securityContext.privileged`,
    true,
  ),
  changed(
    'a container keeps its capabilities',
    'capabilities',
    GATEWAY,
    `${MAIN}.securityContext.capabilities`,
    undefined,
  ),
  changed(
    'a worker may administer its node',
    'capabilities',
    'StatefulSet/worker',
    `${MAIN}.securityContext.capabilities.add`,
    ['SYS_ADMIN'],
  ),
  changed('a pod shares the network of its node', 'host', GATEWAY, `${POD}.hostNetwork`, true),
  changed('a pod gets a token of the API server', 'token', GATEWAY, `${POD}.automountServiceAccountToken`, undefined),
  changed('memory has no limit', 'resources', GATEWAY, `${MAIN}.resources.limits`, undefined),
  changed('nobody sees whether it lives', 'probes', GATEWAY, `${MAIN}.livenessProbe`, undefined),
  changed('a namespace enforces nothing', 'pod security', 'Namespace/constellation', 'metadata.labels', {}),
  changed('a probe asks a port that is not there', 'port', GATEWAY, `${MAIN}.readinessProbe.httpGet.port`, 'web'),
  changed('a service leads to a port that is not there', 'port', 'Service/jobs', 'spec.ports.0.targetPort', 'web'),
  changed('a service selects nobody', 'selector', 'Service/jobs', 'spec.selector', { 'app.kubernetes.io/name': 'job' }),
  changed('a budget is for nobody', 'selector', 'PodDisruptionBudget/jobs', 'spec.selector.matchLabels', {
    app: 'jobs',
  }),
  changed('a policy is for nobody', 'selector', 'NetworkPolicy/jobs', 'spec.podSelector.matchLabels', { app: 'jobs' }),
  changed('pods are not those of their Deployment', 'selector', GATEWAY, 'spec.template.metadata.labels', {
    app: 'gateway',
  }),
  changed(
    'the spread is that of others',
    'spread',
    GATEWAY,
    `${POD}.topologySpreadConstraints.0.labelSelector.matchLabels`,
    {
      'app.kubernetes.io/name': 'jobs',
    },
  ),
  removed('a budget is missing', 'disruption', 'PodDisruptionBudget/gateway'),
  changed('a secret is misspelt', 'secret', JOBS, `${MAIN}.env.0.valueFrom.secretKeyRef.name`, 'job'),
  changed('a key of a secret is misspelt', 'secret', JOBS, `${MAIN}.env.0.valueFrom.secretKeyRef.key`, 'DATABASE'),
  changed('a config map is misspelt', 'config map', JOBS, `${MAIN}.envFrom.0.configMapRef.name`, 'setting'),
  changed('an account is missing', 'service account', JOBS, `${POD}.serviceAccountName`, 'job'),
  changed('a volume is missing', 'volume', GATEWAY, `${POD}.volumes`, []),
  changed(
    'a backup has no disk',
    'volume',
    'CronJob/backup',
    'spec.jobTemplate.spec.template.spec.volumes.1.persistentVolumeClaim.claimName',
    'backup',
  ),
  changed('a restore lacks a setting', 'environment', 'CronJob/restore', `${IN_CRON}.env.2`, {
    name: 'JOBS_PASSWORD',
    value: 'none',
  }),
  removed('a restore does not reach NATS', 'network: ingress', 'NetworkPolicy/nats-for-upkeep'),
  changed('a runtime class is misspelt', 'runtime class', 'StatefulSet/worker', `${POD}.runtimeClassName`, 'nvdia'),
  changed('a scaler is for nobody', 'target', 'ScaledObject/worker', 'spec.scaleTargetRef.name', 'workers'),
  changed('a scaler and a Deployment both say how many', 'target', GATEWAY, 'spec.replicas', 3),
  changed('a scaler goes by whatever is in the pod', 'scaler', 'HorizontalPodAutoscaler/gateway', 'spec.metrics.0', {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 200 } },
  }),
  changed(
    'a scaler goes by a container that is not there',
    'scaler',
    'HorizontalPodAutoscaler/gateway',
    'spec.metrics.0.containerResource.container',
    'gate',
  ),
  changed(
    'workers go when Prometheus does not know',
    'scaler',
    'ScaledObject/worker',
    'spec.triggers.0.metadata.ignoreNullValues',
    undefined,
  ),
  changed('a backup is of nobody', 'target', 'ScheduledBackup/postgres-nightly', 'spec.cluster.name', 'postgresql'),
  changed(
    'an Ingress leads nowhere',
    'service',
    'Ingress/constellation',
    'spec.rules.0.http.paths.0.backend.service.name',
    'gate',
  ),
  changed('a host has no certificate', 'tls', 'Ingress/constellation', 'spec.rules.0.host', 'other.example.com'),
  changed('a host answers without TLS, too', 'tls', 'Ingress/constellation', 'metadata.annotations', {
    'cert-manager.io/issuer': 'letsencrypt',
  }),
  removed('nobody makes certificates', 'issuer', 'Issuer/letsencrypt'),
  changed('a namespace is misspelt', 'namespace', 'Service/jobs', 'metadata.namespace', 'constelation'),
  changed('a setting is missing', 'environment', GATEWAY, `${MAIN}.env.2`, {
    name: 'JOBS_ADDRESS',
    value: 'http://jobs:4000',
  }),
  changed('a setting cannot be read', 'environment', 'StatefulSet/usage', `${MAIN}.env.3`, {
    name: 'LAKE_DIRECTORY',
    value: 'lake',
  }),
  changed('a URL names a service that is not there', 'address', GATEWAY, `${MAIN}.env.2.value`, 'http://job:4000'),
  changed('a URL names a port that is not there', 'address', GATEWAY, `${MAIN}.env.2.value`, 'http://jobs:4001'),
  changed('reads go to replicas that are not there', 'replicas', 'Cluster/postgres', 'spec.instances', 1),
  changed('more copies of streams than servers', 'replicas', 'StatefulSet/nats', 'spec.replicas', 1),
  removed('what is not named may speak to anybody', 'network: default', 'NetworkPolicy/deny-all'),
  removed('nobody may ask for names', 'network: egress', 'NetworkPolicy/dns'),
  changed(
    'a service may not reach its database',
    'network: egress',
    'NetworkPolicy/jobs',
    'spec.egress.1.ports.0.port',
    5433,
  ),
  changed(
    'a database lets nobody in',
    'network: ingress',
    'NetworkPolicy/postgres',
    'spec.ingress.0.ports.0.port',
    5433,
  ),
  changed(
    'the way in from outside is closed',
    'network: ingress',
    'NetworkPolicy/gateway',
    'spec.ingress.0.from.0.namespaceSelector.matchLabels',
    {
      'kubernetes.io/metadata.name': 'ingress',
    },
  ),
  changed(
    'jobs reach into the cluster',
    'network: too much',
    'NetworkPolicy/worker',
    'spec.egress.3.to.0.ipBlock.except',
    [],
  ),
  changed(
    'the gateway may reach the database',
    'network: too much',
    'NetworkPolicy/gateway',
    'spec.egress.0.to',
    undefined,
    (resources) => set(resources, 'NetworkPolicy/postgres', 'spec.ingress.0.from', undefined),
    (resources) => set(resources, 'NetworkPolicy/gateway', 'spec.egress.0.ports.0.port', 5432),
  ),
  {
    mistake: 'several keep a lake each',
    rule: 'lake',
    plant(resources) {
      set(resources, 'StatefulSet/usage', 'spec.replicas', 2)
      for (const { kind, data } of resources) if (kind === 'ConfigMap' && isObject(data)) delete data.LAKE_BUCKET
    },
  },
  {
    mistake: 'a secret is part of it',
    rule: 'plain secret',
    plant(resources) {
      const metadata = { name: 'jobs', namespace: 'constellation' }
      resources.push({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { SECRETS_KEY: 'x' } })
    },
  },
]

function changed(
  mistake: string,
  rule: string,
  where: string,
  path: string,
  value: unknown,
  ...more: ((resources: Resource[]) => void)[]
): Planted {
  return {
    mistake,
    rule,
    plant(resources) {
      set(resources, where, path, value)
      for (const plant of more) plant(resources)
    },
  }
}

function removed(mistake: string, rule: string, where: string): Planted {
  return {
    mistake,
    rule,
    plant(resources) {
      resources.splice(resources.indexOf(find(resources, where)), 1)
    },
  }
}

const EXECUTOR = 'StatefulSet/executor'

/** Of production with runs as Jobs of the cluster. */
export const PLANTED_IN_CLUSTER: readonly Planted[] = [
  changed('the executor may not remove Jobs', 'rights: missing', 'Role/executor', 'rules.0.verbs', ['create', 'get']),
  changed('the executor may read secrets', 'rights: too much', 'Role/executor', 'rules.3.verbs', ['create', 'get']),
  changed('the executor may do anything', 'rights: too much', 'Role/executor', 'rules.0.verbs', ['*']),
  changed('its rights are somebody else’s', 'rights: missing', 'RoleBinding/executor', 'subjects.0.name', 'worker'),
  changed('nobody knows which GPUs there are', 'rights: missing', 'ClusterRole/constellation-executor', 'rules', []),
  changed('a setting of the executor is misspelt', 'environment', 'ConfigMap/executor-settings', 'data', {
    KUBERNETES_NAMESPCE: 'constellation-jobs',
  }),
  removed('runs may speak to anybody', 'network: default', 'NetworkPolicy/deny-all'),
  removed('the executor may not reach the API server', 'network: egress', 'NetworkPolicy/executor'),
  removed('the gateway lets no executor in', 'network: ingress', 'NetworkPolicy/gateway-for-executors'),
  changed('its certificate is nowhere', 'config map', EXECUTOR, `${POD}.volumes.2.projected.sources.1.configMap`, {
    name: 'root-ca',
  }),
]

/** @throws Error where there is nothing of this name: the mistake would be none */
function find(resources: readonly Resource[], where: string): Resource {
  const found = resources.find(({ kind, metadata }) => `${kind}/${metadata.name}` === where)
  if (!found) throw new Error(`There is no ${where}.`)
  return found
}

/** Undefined removes it. @throws Error where the path leads nowhere */
function set(resources: readonly Resource[], where: string, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let at: unknown = find(resources, where)
  for (const name of names) at = isObject(at) ? at[name] : undefined
  if (!isObject(at)) throw new Error(`${where} has no ${path}.`)
  if (value === undefined) delete at[last]
  else at[last] = value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
