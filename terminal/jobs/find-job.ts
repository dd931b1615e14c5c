// Which job is meant: by its id, the beginning of it, its name, or `@last`.

import { Failure } from '../failure.ts'
import { JobNamesDocument, type JobNamesQueryVariables, WhoAmIDocument } from '../generated/documents.ts'
import type { Api } from '../server/api.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** The server finds ids by so many characters. */
const BEGINNING = /^[0-9a-f]{8}[0-9a-f-]*$/i
const MOST = 20

/** @throws Failure where there is none, or the beginning is one of several */
export async function findJob(api: Api, word: string): Promise<string> {
  if (UUID.test(word)) return word.toLowerCase()
  if (word === '@last')
    return (await newest(api, { filter: { submittedBy: (await api.ask(WhoAmIDocument, {})).viewer.id } })) ?? none(word)
  if (BEGINNING.test(word)) {
    const begin = word.toLowerCase()
    const found = (await named(api, { search: { text: word } })).filter(({ id }) => id.startsWith(begin))
    if (found.length > 1)
      throw new Failure(
        'refused',
        `${word} is the beginning of ${found.length} jobs:\n${found.map(({ id, name }) => `  ${id}  ${name}`).join('\n')}`,
      )
    if (found[0]) return found[0].id
  }
  const exact = (await named(api, { filter: { name: word } })).find(({ name }) => name === word)
  return exact?.id ?? none(word)
}

export async function findJobs(api: Api, words: readonly string[]): Promise<string[]> {
  return await Promise.all(words.map((word) => findJob(api, word)))
}

type Wanted = Omit<JobNamesQueryVariables, 'first'>

async function named(api: Api, wanted: Wanted) {
  const { jobs } = await api.ask(JobNamesDocument, { ...wanted, first: MOST })
  return jobs?.nodes ?? []
}

async function newest(api: Api, wanted: Wanted): Promise<string | undefined> {
  const { jobs } = await api.ask(JobNamesDocument, { ...wanted, first: 1 })
  return jobs?.nodes[0]?.id
}

function none(word: string): never {
  const what =
    word === '@last'
      ? 'You have submitted no job yet.'
      : `There is no job ${word}. "constellation list --all" shows those that there are.`
  throw new Failure('refused', what, { code: 'NOT_FOUND' })
}
