// What may be several, and what has to be one: streams are on as many servers as there are, reads have replicas to go to, and
// a lake has one writer or a bucket.
import * as v from 'valibot'
import { containersOf, type Fault, nameOf, ofKind, type Resource, type Workload, workloadsOf } from './resources.ts'

const data = v.optional(v.record(v.string(), v.string()), {})
const cluster = v.looseObject({ instances: v.number() })

export function checkScale(resources: readonly Resource[]): Fault[] {
  const settings = Object.assign({}, ...ofKind(resources, 'ConfigMap').map((map) => v.parse(data, map.data)))
  const replicas = (name: string) =>
    workloadsOf(resources).find(({ resource }) => nameOf(resource) === name)?.spec.replicas ?? 1
  const faults: Fault[] = []
  const servers = replicas('StatefulSet/nats')
  const streams = Number(settings.JETSTREAM_REPLICAS ?? 1)
  if (streams > servers)
    faults.push({ rule: 'replicas', where: 'JETSTREAM_REPLICAS', what: `${streams}, of ${servers} servers` })
  if (servers > 1 && streams === 1)
    faults.push({ rule: 'replicas', where: 'JETSTREAM_REPLICAS', what: 'streams end with one server of several' })
  if (replicas('StatefulSet/usage') > 1 && settings.LAKE_BUCKET === undefined)
    faults.push({ rule: 'lake', where: 'StatefulSet/usage', what: 'several keep a lake each, without a bucket' })
  const instances = v.safeParse(cluster, ofKind(resources, 'Cluster')[0]?.spec)
  const readers = workloadsOf(resources).filter((each) => readsFromReplicas(each))
  if (instances.success && instances.output.instances === 1)
    for (const { resource } of readers)
      faults.push({
        rule: 'replicas',
        where: nameOf(resource),
        what: 'it reads from replicas, and PostgreSQL has none',
      })
  return faults
}

function readsFromReplicas(workload: Workload): boolean {
  return containersOf(workload).some(({ env }) => env.some(({ name }) => name === 'DATABASE_REPLICA_URL'))
}
