// Something is done to many jobs: in batches, so that there is progress to see and an end to it in between.

/** What became of a batch; a problem that belongs to no id belongs to all of them. */
export interface BatchResult {
  problems: readonly { id: string | undefined; message: string }[]
}

export interface Outcome {
  /** So many have been tried. */
  tried: number
  done: number
  /** Why it could not be done to a job, by id. */
  refused: ReadonlyMap<string, string>
}

export const NONE_TRIED: Outcome = { tried: 0, done: 0, refused: new Map() }

const BATCH = 100

/** Does it to all of them, until `isStopped`; `onProgress` hears how far it is. An error of `perform` ends it. */
export async function inBatches(
  ids: readonly string[],
  perform: (ids: readonly string[]) => Promise<BatchResult>,
  onProgress: (outcome: Outcome) => void,
  isStopped: () => boolean,
): Promise<void> {
  let outcome = NONE_TRIED
  for (let at = 0; at < ids.length && !isStopped(); at += BATCH) {
    const batch = ids.slice(at, at + BATCH)
    outcome = include(outcome, batch, await perform(batch))
    onProgress(outcome)
  }
}

function include(outcome: Outcome, batch: readonly string[], { problems }: BatchResult): Outcome {
  const refused = new Map(outcome.refused)
  for (const { id, message } of problems) {
    for (const each of id === undefined ? batch : [id]) refused.set(each, message)
  }
  const tried = outcome.tried + batch.length
  return { tried, done: tried - refused.size, refused }
}

/** The problems of an answer with the ids that their paths name, such as `ids.3.account`. */
export function byId(
  ids: readonly string[],
  problems: readonly { path: string; message: string }[],
): BatchResult['problems'] {
  return problems.map(({ path, message }) => {
    const [, position, field] = /^ids\.(\d+)(?:\.(.+))?$/.exec(path) ?? []
    const id = position === undefined ? undefined : ids[Number(position)]
    return { id, message: field === undefined ? message : `${field} ${message}` }
  })
}

/**
 * All or none are done at once: those that cannot be are left out, and the others tried once more.
 */
export async function withoutRefused(
  ids: readonly string[],
  perform: (ids: readonly string[]) => Promise<BatchResult>,
): Promise<BatchResult> {
  const first = await perform(ids)
  const refused = new Set(first.problems.map(({ id }) => id))
  const rest = ids.filter((id) => !refused.has(id))
  if (first.problems.length === 0 || refused.has(undefined) || rest.length === 0) return first
  const second = await perform(rest)
  // What is wrong with all of the rest is not wrong with those that were left out.
  const more = second.problems.flatMap(({ id, message }) =>
    (id === undefined ? rest : [id]).map((each) => ({ id: each, message })),
  )
  return { problems: [...first.problems, ...more] }
}
