// What may be several, and what has to be one: streams are on as many servers as there are, and a lake has one writer or a bucket.
import * as v from 'valibot'
import { type Fault, nameOf, ofKind, type Resource, workloadsOf } from './resources.ts'

const data = v.optional(v.record(v.string(), v.string()), {})

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
  return faults
}
