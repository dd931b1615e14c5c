// What the jobs of one submission wait for: refs become jobs of the batch, and what is left are ids of others.
// A pure step: whether those others are there is for the database to say.
import type { Problem } from '@constellation/platform/errors.ts'
import type { Element } from './expand.ts'
import type { JobSpec } from './spec.ts'

/** `completed`: what it waits for must have completed; `ended`: it must have ended in whatever way. */
export type Rule = 'completed' | 'ended'

/** One submission of a batch, with its jobs. */
export interface Group {
  spec: Pick<JobSpec, 'ref' | 'dependsOn' | 'after'>
  elements: readonly Pick<Element, 'afterIndex'>[]
}

/** What every job of a group waits for. */
export interface Links {
  /** Groups of the batch, by their position: all of their jobs. */
  groups: { group: number; rule: Rule }[]
  /** Jobs by id, with the path of the field that names each. */
  others: { id: string; rule: Rule; path: string }[]
}

/** A batch is not to become a table of everything by everything. */
const MOST_LINKS = 100_000

/**
 * The links of each group, and an order of the groups in which each comes after those it waits for.
 * Paths of problems begin with the position of their group: `2.dependsOn.0`.
 */
export function link(groups: readonly Group[]): { links: Links[]; order: number[] } | { problems: Problem[] } {
  const refs = new Map<string, number>()
  const problems: Problem[] = []
  for (const [i, { spec }] of groups.entries()) {
    if (spec.ref === null) continue
    if (refs.has(spec.ref)) problems.push({ path: `${i}.ref`, message: 'is that of another job of the batch' })
    refs.set(spec.ref, i)
  }
  if (problems.length > 0) return { problems }
  const links = groups.map(({ spec }) => linksOf(spec, refs))
  const order = orderOf(links)
  if ('circle' in order) {
    return {
      problems: [
        { path: `${order.circle}`, message: 'waits for jobs of the batch that wait for each other in a circle' },
      ],
    }
  }
  if (countLinks(groups, links) <= MOST_LINKS) return { links, order: order.order }
  return { problems: [{ path: '', message: `must wait for each other in at most ${MOST_LINKS} pairs of jobs` }] }
}

function linksOf(spec: Group['spec'], refs: ReadonlyMap<string, number>): Links {
  const links: Links = { groups: [], others: [] }
  const seen = new Set<string>()
  const add = (names: readonly string[], rule: Rule, field: string) => {
    for (const [i, name] of names.entries()) {
      // To complete is to end: what is in both lists must complete.
      if (seen.has(name)) continue
      seen.add(name)
      const group = refs.get(name)
      if (group === undefined) links.others.push({ id: name.toLowerCase(), rule, path: `${field}.${i}` })
      else links.groups.push({ group, rule })
    }
  }
  add(spec.dependsOn, 'completed', 'dependsOn')
  add(spec.after, 'ended', 'after')
  return links
}

/** The groups, each after those it waits for; or one that is part of a circle. */
function orderOf(links: readonly Links[]): { order: number[] } | { circle: number } {
  const waits = links.map(({ groups }) => new Set(groups.map(({ group }) => group)))
  const waiters = Map.groupBy(
    waits.flatMap((on, waiter) => [...on].map((group) => ({ waiter, group }))),
    ({ group }) => group,
  )
  const order = [...waits.keys()].filter((group) => waits[group]?.size === 0)
  // The list grows while it is gone through.
  for (const group of order) {
    for (const { waiter } of waiters.get(group) ?? []) {
      waits[waiter]?.delete(group)
      if (waits[waiter]?.size === 0) order.push(waiter)
    }
  }
  if (order.length === links.length) return { order }
  const ordered = new Set(order)
  return { circle: [...links.keys()].find((group) => !ordered.has(group)) ?? 0 }
}

function countLinks(groups: readonly Group[], links: readonly Links[]): number {
  return groups.reduce((sum, { elements }, i) => {
    const { groups: on = [], others = [] } = links[i] ?? {}
    const each = on.reduce((count, { group }) => count + (groups[group]?.elements.length ?? 0), others.length)
    return sum + elements.length * (each + 1)
  }, 0)
}
