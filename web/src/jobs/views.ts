// Views: filters and an order under a name. Some are there for everybody, the others a person keeps in the browser.

import { tableWords } from './table-words.ts'
import { type Address, FILTERS } from './wanted.ts'

export interface View {
  name: string
  address: Address
}

const PARAMETERS = [...FILTERS, 'sort'] as const
const MOST_VIEWS = 30
const LONGEST_NAME = 60
const LONGEST_VALUE = 1000

/** Those that are there for everybody. */
export function builtInViews(person: string): View[] {
  return [
    { name: tableWords.views.all, address: {} },
    { name: tableWords.views.mine, address: { user: person } },
    { name: tableWords.views.running, address: { state: 'running' } },
    { name: tableWords.views.failedToday, address: { state: 'failed', range: 'today' } },
  ]
}

/** What of an address makes a view: not how far somebody has leafed. */
export function viewPart(address: Address): Address {
  return Object.fromEntries(PARAMETERS.flatMap((name) => (address[name] ? [[name, address[name]]] : [])))
}

export function sameView(one: Address, other: Address): boolean {
  return PARAMETERS.every((name) => (one[name] ?? '') === (other[name] ?? ''))
}

/** The link that shows a view. */
export function linkOf(address: Address): string {
  const query = new URLSearchParams(
    Object.entries(viewPart(address)).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString()
  return query ? `/jobs?${query}` : '/jobs'
}

const keyOf = (person: string) => `constellation.views.${person}`

/** The views that the person keeps; what is no view, as an older page or a hand may have left it, is left out. */
export function keptViews(person: string): View[] {
  try {
    return readViews(JSON.parse(localStorage.getItem(keyOf(person)) ?? '[]'))
  } catch {
    // No JSON: nothing that was kept by this page.
    return []
  }
}

/** Keeps them in place of those before. */
export function keepViews(person: string, views: readonly View[]): void {
  localStorage.setItem(keyOf(person), JSON.stringify(views))
}

/** With the view, in place of the one of its name. */
export function withView(views: readonly View[], view: View): View[] {
  return [...views.filter(({ name }) => name !== view.name), view].slice(-MOST_VIEWS)
}

/** The views in a value of any kind. */
export function readViews(value: unknown): View[] {
  if (!Array.isArray(value)) return []
  return value.slice(0, MOST_VIEWS).flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null || !('name' in each) || !('address' in each)) return []
    const { name, address } = each
    if (typeof name !== 'string' || name.trim() === '' || typeof address !== 'object' || address === null) return []
    const values = Object.entries(address).flatMap(([key, value]) =>
      typeof value === 'string' && value.length <= LONGEST_VALUE ? [[key, value]] : [],
    )
    return [{ name: name.slice(0, LONGEST_NAME), address: viewPart(Object.fromEntries(values)) }]
  })
}
