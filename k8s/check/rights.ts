// What a program may do in the cluster's API: what it needs, once, and the Roles held against that on both sides.
import * as v from 'valibot'
import { type Fault, ofKind, type Resource, workloadsOf } from './resources.ts'

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  executor: [
    ...['create', 'get', 'list', 'patch', 'delete'].map((verb) => `${verb} batch/jobs`),
    ...['list', 'watch', 'patch', 'delete'].map((verb) => `${verb} /pods`),
    'get /pods/log',
    'create /secrets',
    'list /events',
    'list /nodes',
  ],
}

const rules = v.array(
  v.looseObject({ apiGroups: v.array(v.string()), resources: v.array(v.string()), verbs: v.array(v.string()) }),
)
const binding = v.looseObject({
  roleRef: v.looseObject({ kind: v.string(), name: v.string() }),
  subjects: v.array(v.looseObject({ kind: v.string(), name: v.string(), namespace: v.optional(v.string()) })),
})

export function checkRights(resources: readonly Resource[]): Fault[] {
  const accounts = new Set(workloadsOf(resources).flatMap(({ spec }) => spec.template.spec.serviceAccountName ?? []))
  return [...accounts].flatMap((account) => ofAccount(resources, account))
}

function ofAccount(resources: readonly Resource[], account: string): Fault[] {
  const needed = NEEDED[account] ?? []
  const given = rightsOf(resources, account)
  const where = `ServiceAccount/${account}`
  return [
    ...needed
      .filter((right) => !given.includes(right))
      .map((right) => ({ rule: 'rights: missing', where, what: `it may not ${right}` })),
    ...given
      .filter((right) => !needed.includes(right))
      .map((right) => ({ rule: 'rights: too much', where, what: `it may ${right}, and does not` })),
  ]
}

/** Such as `create batch/jobs`. */
function rightsOf(resources: readonly Resource[], account: string): string[] {
  const bindings = ofKind(resources, 'RoleBinding', 'ClusterRoleBinding').map((each) => v.parse(binding, each))
  const roles = bindings
    .filter(({ subjects }) => subjects.some(({ kind, name }) => kind === 'ServiceAccount' && name === account))
    .map(({ roleRef }) => roleRef)
  return ofKind(resources, 'Role', 'ClusterRole')
    .filter(({ kind, metadata }) => roles.some((role) => role.kind === kind && role.name === metadata.name))
    .flatMap((role) => v.parse(rules, role.rules))
    .flatMap(({ apiGroups, resources, verbs }) =>
      verbs.flatMap((verb) => apiGroups.flatMap((group) => resources.map((each) => `${verb} ${group}/${each}`))),
    )
}
