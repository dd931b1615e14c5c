// All jobs that match are chosen, though most of them are on no page yet.
import { JobIdsDocument } from '../generated/documents.ts'
import type { Graph } from '../shared/graph.ts'
import { bulkWords } from './bulk-words.ts'
import type { Named } from './selection.ts'
import type { Wanted } from './wanted.ts'

/** So many can be chosen at once. */
const MOST_CHOSEN = 10_000

/** The jobs that match, newest first and MOST_CHOSEN at most; null where they could not be looked up. */
export async function findMatching(
  { uncached }: Graph,
  { filter, search }: Pick<Wanted, 'filter' | 'search'>,
): Promise<{ jobs: Named[]; cut: boolean } | null> {
  const jobs: Named[] = []
  let after: string | null = null
  do {
    const page: { after: string | null; nodes: Named[] } | null = await findPage(uncached, { filter, search, after })
    if (!page) return null
    jobs.push(...page.nodes)
    after = page.after
  } while (after !== null && jobs.length < MOST_CHOSEN)
  return { jobs: jobs.slice(0, MOST_CHOSEN), cut: after !== null || jobs.length > MOST_CHOSEN }
}

/** What is to be said of what was found; undefined where it is all there is. */
export function problemOf(found: { cut: boolean } | null): string | undefined {
  if (!found) return bulkWords.failed
  return found.cut ? bulkWords.most(MOST_CHOSEN) : undefined
}

async function findPage(
  client: Graph['uncached'],
  variables: Pick<Wanted, 'filter' | 'search'> & { after: string | null },
) {
  const { data } = await client.query(JobIdsDocument, variables).toPromise()
  if (!data?.jobs) return null
  const { nodes, pageInfo } = data.jobs
  return { nodes: nodes.map(({ id, name }) => ({ id, name })), after: pageInfo.hasNextPage ? pageInfo.endCursor : null }
}
