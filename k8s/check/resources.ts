// What kustomize has put together, as the checks read it.
import * as v from 'valibot'

const text = v.string()
const texts = v.record(v.string(), v.string())
const port = v.union([v.string(), v.number()])

const variable = v.looseObject({
  name: text,
  value: v.optional(text),
  valueFrom: v.optional(
    v.looseObject({
      secretKeyRef: v.optional(v.looseObject({ name: text, key: text })),
      configMapKeyRef: v.optional(v.looseObject({ name: text, key: text })),
      fieldRef: v.optional(v.looseObject({ fieldPath: text })),
    }),
  ),
})
const probe = v.looseObject({ httpGet: v.optional(v.looseObject({ path: v.optional(text), port })) })
const context = v.looseObject({
  runAsNonRoot: v.optional(v.boolean()),
  runAsUser: v.optional(v.number()),
  privileged: v.optional(v.boolean()),
  allowPrivilegeEscalation: v.optional(v.boolean()),
  readOnlyRootFilesystem: v.optional(v.boolean()),
  capabilities: v.optional(v.looseObject({ drop: v.optional(v.array(text)), add: v.optional(v.array(text)) })),
  seccompProfile: v.optional(v.looseObject({ type: text })),
})
const container = v.looseObject({
  name: text,
  image: text,
  args: v.optional(v.array(text)),
  env: v.optional(v.array(variable), []),
  envFrom: v.optional(
    v.array(
      v.looseObject({
        configMapRef: v.optional(v.looseObject({ name: text })),
        secretRef: v.optional(v.looseObject({ name: text })),
      }),
    ),
    [],
  ),
  ports: v.optional(v.array(v.looseObject({ name: v.optional(text), containerPort: v.number() })), []),
  startupProbe: v.optional(probe),
  livenessProbe: v.optional(probe),
  readinessProbe: v.optional(probe),
  resources: v.optional(
    v.looseObject({ requests: v.optional(v.looseObject({})), limits: v.optional(v.looseObject({})) }),
  ),
  securityContext: v.optional(context, {}),
  volumeMounts: v.optional(v.array(v.looseObject({ name: text, mountPath: text })), []),
})
const items = v.optional(v.array(v.looseObject({ key: text, path: text })))
const source = v.looseObject({
  configMap: v.optional(v.looseObject({ name: text, items })),
  secret: v.optional(v.looseObject({ name: v.optional(text), secretName: v.optional(text), items })),
  hostPath: v.optional(v.looseObject({ path: text })),
  persistentVolumeClaim: v.optional(v.looseObject({ claimName: text })),
})
const volume = v.looseObject({
  name: text,
  ...source.entries,
  projected: v.optional(v.looseObject({ sources: v.array(source) })),
})
const podSpec = v.looseObject({
  serviceAccountName: v.optional(text),
  automountServiceAccountToken: v.optional(v.boolean()),
  hostNetwork: v.optional(v.boolean()),
  hostPID: v.optional(v.boolean()),
  runtimeClassName: v.optional(text),
  securityContext: v.optional(context, {}),
  initContainers: v.optional(v.array(container), []),
  containers: v.array(container),
  volumes: v.optional(v.array(volume), []),
  topologySpreadConstraints: v.optional(
    v.array(v.looseObject({ labelSelector: v.looseObject({ matchLabels: texts }) })),
    [],
  ),
})
const workloadSpec = v.looseObject({
  replicas: v.optional(v.number()),
  serviceName: v.optional(text),
  selector: v.optional(v.looseObject({ matchLabels: texts })),
  template: v.looseObject({ metadata: v.optional(v.looseObject({ labels: v.optional(texts, {}) })), spec: podSpec }),
  volumeClaimTemplates: v.optional(v.array(v.looseObject({ metadata: v.looseObject({ name: text }) })), []),
})

const resource = v.looseObject({
  apiVersion: text,
  kind: text,
  metadata: v.looseObject({
    name: text,
    namespace: v.optional(text),
    labels: v.optional(texts),
    annotations: v.optional(texts),
  }),
})
export type Resource = v.InferOutput<typeof resource>
export type Container = v.InferOutput<typeof container>
export type Volume = v.InferOutput<typeof volume>
type WorkloadSpec = v.InferOutput<typeof workloadSpec>

export interface Workload {
  resource: Resource
  spec: WorkloadSpec
  labels: Readonly<Record<string, string>>
}

/** Something that is wrong: against which rule, where, and what. */
export interface Fault {
  rule: string
  where: string
  what: string
}

/** @throws Error for what is no resource at all */
export function readResources(documents: readonly unknown[]): Resource[] {
  return v.parse(v.array(resource), documents)
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']
const cronSpec = v.looseObject({ jobTemplate: v.looseObject({ spec: workloadSpec }) })

/** Whatever makes pods of ours. */
export function workloadsOf(resources: readonly Resource[]): Workload[] {
  return ofKind(resources, ...WORKLOADS).map((resource) => {
    const spec =
      resource.kind === 'CronJob'
        ? v.parse(cronSpec, resource.spec).jobTemplate.spec
        : v.parse(workloadSpec, resource.spec)
    return { resource, spec, labels: spec.template.metadata?.labels ?? {} }
  })
}

export function ofKind(resources: readonly Resource[], ...kinds: string[]): Resource[] {
  return resources.filter(({ kind }) => kinds.includes(kind))
}

/** Containers of both kinds. */
export function containersOf({ spec }: Workload): Container[] {
  return [...spec.template.spec.initContainers, ...spec.template.spec.containers]
}

/** `Deployment/gateway`. */
export function nameOf({ kind, metadata }: Resource): string {
  return `${kind}/${metadata.name}`
}

export function namespaceOf({ metadata }: Resource): string {
  return metadata.namespace ?? ''
}

/** Whether all labels of a selector are among these. */
export function selects(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value)
}
