// How what runs is kept in bounds: by the Pod Security Standards, and by what they leave open.
import * as v from 'valibot'
import {
  type Container,
  containersOf,
  type Fault,
  nameOf,
  namespaceOf,
  ofKind,
  type Resource,
  type Workload,
  workloadsOf,
} from './resources.ts'

/** What the standard `baseline` lets a container add. */
const BASELINE = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]

export function checkPolicies(resources: readonly Resource[]): Fault[] {
  const workloads = workloadsOf(resources)
  return [
    ...ofKind(resources, 'Namespace').flatMap(ofNamespace),
    ...ofKind(resources, 'ServiceAccount').flatMap(ofAccount),
    ...ofKind(resources, 'Secret').map((secret) => ({
      rule: 'plain secret',
      where: nameOf(secret),
      what: 'secrets are never part of it',
    })),
    ...workloads.flatMap((workload) => ofPod(workload, standardOf(resources, workload))),
    ...ofBudgets(resources, workloads),
    ...ofClaims(workloads),
  ]
}

type Standard = 'restricted' | 'baseline'

const ENFORCE = 'pod-security.kubernetes.io/enforce'

function ofNamespace({ kind, metadata }: Resource): Fault[] {
  const isBound = ['restricted', 'baseline'].includes(metadata.labels?.[ENFORCE] ?? '')
  return isBound ? [] : [{ rule: 'pod security', where: `${kind}/${metadata.name}`, what: 'nothing is enforced' }]
}

function standardOf(resources: readonly Resource[], { resource }: Workload): Standard {
  const namespace = ofKind(resources, 'Namespace').find(({ metadata }) => metadata.name === namespaceOf(resource))
  return namespace?.metadata.labels?.[ENFORCE] === 'baseline' ? 'baseline' : 'restricted'
}

function ofAccount(account: Resource): Fault[] {
  return account.automountServiceAccountToken === false
    ? []
    : [{ rule: 'token', where: nameOf(account), what: 'its pods get a token' }]
}

function ofPod(workload: Workload, standard: Standard): Fault[] {
  const where = nameOf(workload.resource)
  const { automountServiceAccountToken, hostNetwork, hostPID, securityContext, volumes } = workload.spec.template.spec
  const faults: Fault[] = []
  const broken = (rule: string, what: string) => faults.push({ rule, where, what })
  if (automountServiceAccountToken !== false) broken('token', 'it gets a token of the API server')
  if (hostNetwork || hostPID) broken('host', 'it shares something of the node')
  if (volumes.some(({ hostPath }) => hostPath)) broken('host', 'it mounts a folder of the node')
  if (securityContext.seccompProfile?.type !== 'RuntimeDefault') broken('seccomp', 'it may make any system call')
  if (standard === 'restricted' && (securityContext.runAsNonRoot !== true || !securityContext.runAsUser))
    broken('root', 'it may be root, or its user is not a number')
  for (const container of containersOf(workload)) {
    for (const [rule, what] of ofContainer(container, standard)) broken(rule, `${container.name}: ${what}`)
  }
  for (const container of workload.spec.template.spec.containers) {
    if (!['Job', 'CronJob'].includes(workload.resource.kind) && !(container.startupProbe && container.livenessProbe))
      broken('probes', `${container.name}: nobody sees whether it lives`)
  }
  return faults
}

function ofContainer(container: Container, standard: Standard): [rule: string, what: string][] {
  const { securityContext: own, resources, image } = container
  const faults: [string, string][] = []
  if (own.privileged) faults.push(['privileged', 'it may do everything'])
  if (own.allowPrivilegeEscalation !== false) faults.push(['privileged', 'it may gain rights'])
  if (own.readOnlyRootFilesystem !== true) faults.push(['read-only', 'it may write to its image'])
  const { drop = [], add = [] } = own.capabilities ?? {}
  if (!drop.includes('ALL')) faults.push(['capabilities', 'it keeps what containers get'])
  const allowed = standard === 'baseline' ? BASELINE : []
  const extra = add.filter((capability) => !allowed.includes(capability))
  if (extra.length > 0) faults.push(['capabilities', `it gets ${extra.join(', ')}`])
  if (standard === 'restricted' && own.runAsUser === 0) faults.push(['root', 'it is root'])
  if (resources?.limits?.memory === undefined) faults.push(['resources', 'its memory has no limit'])
  if (resources?.requests?.cpu === undefined || resources.requests.memory === undefined)
    faults.push(['resources', 'it asks for nothing'])
  const [, tag] = /:([^/:]+)$/.exec(image) ?? []
  if (tag === undefined || tag === 'latest') faults.push(['image', `${image} is another one each day`])
  return faults
}

const budget = v.looseObject({ selector: v.looseObject({ matchLabels: v.record(v.string(), v.string()) }) })

/** Whoever answers others is not taken away all at once. */
function ofBudgets(resources: readonly Resource[], workloads: readonly Workload[]): Fault[] {
  const budgets = ofKind(resources, 'PodDisruptionBudget').map(({ spec }) => v.parse(budget, spec).selector.matchLabels)
  return workloads
    .filter(
      ({ resource }) =>
        resource.kind === 'Deployment' ||
        (resource.kind === 'StatefulSet' && namespaceOf(resource) === 'constellation'),
    )
    .filter(({ spec, resource }) => (spec.replicas ?? 2) > 1 || resource.kind === 'Deployment')
    .filter(
      ({ labels }) => !budgets.some((wanted) => Object.entries(wanted).every(([key, value]) => labels[key] === value)),
    )
    .map(({ resource }) => ({
      rule: 'disruption',
      where: nameOf(resource),
      what: 'all of it may be taken away at once',
    }))
}

/** A Deployment's pods would all claim one disk, and a folder of a lake has one writer. */
function ofClaims(workloads: readonly Workload[]): Fault[] {
  return workloads
    .filter(({ resource }) => resource.kind === 'Deployment')
    .filter(({ spec }) => spec.template.spec.volumes.some((volume) => 'persistentVolumeClaim' in volume))
    .map(({ resource }) => ({ rule: 'shared disk', where: nameOf(resource), what: 'its pods share a disk' }))
}
