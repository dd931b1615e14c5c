// What scalers go by has to be there, and what they do without it must take nobody away.
import * as v from 'valibot'
import { type Fault, nameOf, namespaceOf, ofKind, type Resource, type Workload, workloadsOf } from './resources.ts'

const target = v.looseObject({ kind: v.string(), name: v.string() })
const byLoad = v.looseObject({
  scaleTargetRef: target,
  metrics: v.array(
    v.looseObject({
      type: v.string(),
      containerResource: v.optional(v.looseObject({ name: v.string(), container: v.string() })),
    }),
  ),
})
const byQuery = v.looseObject({
  triggers: v.array(v.looseObject({ type: v.string(), metadata: v.record(v.string(), v.string()) })),
})

export function checkScalers(resources: readonly Resource[]): Fault[] {
  const workloads = workloadsOf(resources)
  return [
    ...ofKind(resources, 'HorizontalPodAutoscaler').flatMap((scaler) => ofLoad(scaler, workloads)),
    ...ofKind(resources, 'ScaledObject').flatMap(ofQuery),
  ]
}

/** A share of what is requested is known only where each container that counts requests something. */
function ofLoad(scaler: Resource, workloads: readonly Workload[]): Fault[] {
  const where = nameOf(scaler)
  const { scaleTargetRef, metrics } = v.parse(byLoad, scaler.spec)
  const scaled = workloads.find(
    ({ resource }) =>
      nameOf(resource) === `${scaleTargetRef.kind}/${scaleTargetRef.name}` &&
      namespaceOf(resource) === namespaceOf(scaler),
  )
  return metrics.flatMap(({ type, containerResource }): Fault[] => {
    if (type === 'Resource')
      return [{ rule: 'scaler', where, what: 'it goes by the whole pod, which has no figure beside a proxy of a mesh' }]
    if (!containerResource) return []
    const { name, container } = containerResource
    const found = scaled?.spec.template.spec.containers.find((each) => each.name === container)
    return found?.resources?.requests?.[name] === undefined
      ? [{ rule: 'scaler', where, what: `${container} is not there, or requests no ${name}` }]
      : []
  })
}

/** KEDA takes no answer for nought, and would scale to that when Prometheus has lost whoever tells. */
function ofQuery(scaler: Resource): Fault[] {
  return v
    .parse(byQuery, scaler.spec)
    .triggers.filter(({ type, metadata }) => type === 'prometheus' && metadata.ignoreNullValues !== 'false')
    .map(() => ({ rule: 'scaler', where: nameOf(scaler), what: 'without an answer it scales to nought' }))
}
