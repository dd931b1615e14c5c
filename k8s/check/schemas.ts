// Each resource against the schema of its kind, and no field that the schema does not know.
import type { Model } from '@kubernetes-models/base'
import { objectStore } from './object-store.ts'
import { type Fault, nameOf, type Resource } from './resources.ts'

/** Where the models of each API are. */
const PACKAGES: Readonly<Record<string, string>> = {
  v1: 'kubernetes-models/v1',
  'apps/v1': 'kubernetes-models/apps/v1',
  'autoscaling/v2': 'kubernetes-models/autoscaling/v2',
  'batch/v1': 'kubernetes-models/batch/v1',
  'networking.k8s.io/v1': 'kubernetes-models/networking.k8s.io/v1',
  'policy/v1': 'kubernetes-models/policy/v1',
  'rbac.authorization.k8s.io/v1': 'kubernetes-models/rbac.authorization.k8s.io/v1',
  'cert-manager.io/v1': '@kubernetes-models/cert-manager/cert-manager.io/v1',
  'external-secrets.io/v1': '@kubernetes-models/external-secrets/external-secrets.io/v1',
  'keda.sh/v1alpha1': '@kubernetes-models/keda/keda.sh/v1alpha1',
  'monitoring.coreos.com/v1': '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
  'postgresql.cnpg.io/v1': '@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1',
}

type ModelClass = { prototype: Pick<Model<object>, 'validate'> }

export async function checkSchemas(resources: readonly Resource[]): Promise<Fault[]> {
  const faults = await Promise.all(resources.map(checkSchema))
  return faults.flat()
}

async function checkSchema(resource: Resource): Promise<Fault[]> {
  const where = nameOf(resource)
  if (resource.apiVersion === 'barmancloud.cnpg.io/v1') return objectStore(resource)
  const model = await findModel(resource)
  if (!model) return [{ rule: 'schema', where, what: `nobody knows ${resource.kind} of ${resource.apiVersion}` }]
  const { watched, unread } = watchReads(resource)
  const faults: Fault[] = []
  try {
    model.prototype.validate.call(watched)
  } catch (error) {
    faults.push({ rule: 'schema', where, what: error instanceof Error ? error.message : String(error) })
  }
  return [...faults, ...unread().map((field) => ({ rule: 'unknown field', where, what: field }))]
}

async function findModel({ apiVersion, kind }: Resource): Promise<ModelClass | undefined> {
  const from = PACKAGES[apiVersion]
  if (from === undefined) return undefined
  try {
    const module: Record<string, ModelClass> = await import(`${from}/${kind}`)
    return module[kind]
  } catch {
    return undefined
  }
}

/**
 * The same object, which notes what is read of it. A schema's validator looks at every field that the schema knows, and at
 * no other: it says nothing of a field that is misspelt, as the server would by default leave it out.
 */
function watchReads(resource: Resource): { watched: object; unread: () => string[] } {
  const seen: { path: string; keys: string[]; read: Set<string> }[] = []
  const watch = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => watch(item, `${path}[${index}]`))
    if (value === null || typeof value !== 'object') return value
    const read = new Set<string>()
    seen.push({ path, keys: Object.keys(value), read })
    const inside = Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, watch(item, path === '' ? key : `${path}.${key}`)]),
    )
    return new Proxy(inside, {
      get(target, key, receiver) {
        if (typeof key === 'string') read.add(key)
        return Reflect.get(target, key, receiver)
      },
    })
  }
  const watched = watch(resource, '')
  return {
    watched: typeof watched === 'object' && watched !== null ? watched : {},
    unread: () =>
      seen.flatMap(({ path, keys, read }) =>
        keys.filter((key) => !read.has(key)).map((key) => (path === '' ? key : `${path}.${key}`)),
      ),
  }
}
