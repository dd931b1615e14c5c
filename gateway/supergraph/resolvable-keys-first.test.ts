import { readFileSync } from 'node:fs'
import { Supergraph } from '@apollo/federation-internals'
import type { PlanNode } from '@apollo/query-planner'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { compileOperation } from '../execution/compile-operation.ts'
import { resolvableKeysFirst } from './resolvable-keys-first.ts'
import { takeSnapshot } from './supergraph.ts'

const sdl = readFileSync(new URL(import.meta.resolve('@constellation/schema/generated/supergraph.graphql')), 'utf8')

/** One service knows a crate's fee by its weight, which another knows; it can be asked for a crate by its id alone. */
const CRATES = sdl.replace(
  /^type Query\b[^{]*\{/m,
  (query) => `
type Crate @join__type(graph: JOBS, key: "code", resolvable: false) @join__type(graph: JOBS, key: "id")
  @join__type(graph: USAGE, key: "id") {
  id: ID!
  code: ID! @join__field(graph: JOBS)
  weight: Int @join__field(graph: JOBS, external: true) @join__field(graph: USAGE)
  fee: Int @join__field(graph: JOBS, requires: "weight")
}
${query}
  crate: Crate @join__field(graph: JOBS)`,
)

/** The fields of the representation by which the last service of the plan is asked. */
function lastKey(node: PlanNode | undefined): string[] {
  if (node?.kind === 'Sequence') return lastKey(node.nodes.at(-1))
  if (node?.kind === 'Flatten') return lastKey(node.node)
  if (node?.kind !== 'Fetch') throw new Error('The plan does not end with a question.')
  const [representation] = node.requires ?? []
  return (representation?.selections ?? []).flatMap((each) => (each.kind === 'Field' ? [each.name] : []))
}

test('a service is asked for what needs more than it knows by a key that it can be asked by', () => {
  const graph = resolvableKeysFirst(CRATES)
  const snapshot = takeSnapshot(Supergraph.build(graph).apiSchema().toGraphQLJSSchema(), graph)
  const compiled = compileOperation(snapshot, parse('{ crate { fee } }'), undefined)
  expect(lastKey(compiled?.plan).toSorted()).toEqual(['__typename', 'id', 'weight'])
})

test('keys are put in order, and what is in order stays as it is', () => {
  const graph = resolvableKeysFirst(CRATES)
  expect(graph).toMatch(
    /type Crate .*key: "id"\) @join__type.*key: "id"\) @join__type.*key: "code", resolvable: false\) \{/,
  )
  expect(resolvableKeysFirst(graph)).toBe(graph)
})
