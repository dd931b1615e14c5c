// Which jobs are chosen: by box, by range, all of the page, all that match. Pure steps on sets of ids.

export interface Selection {
  /** The chosen jobs with their names, which stay known when their rows are gone. */
  chosen: ReadonlyMap<string, string>
  /** Where a range begins: the job that was chosen or left last. */
  anchor: string | undefined
}

export interface Named {
  id: string
  name: string
}

export const NOTHING: Selection = { chosen: new Map(), anchor: undefined }

/** The job chosen where it was not, and otherwise left. */
export function toggle({ chosen }: Selection, job: Named): Selection {
  const next = new Map(chosen)
  if (!next.delete(job.id)) next.set(job.id, job.name)
  return { chosen: next, anchor: job.id }
}

/** All from the anchor to this job become what this job becomes, in the order of the rows. */
export function reach(selection: Selection, rows: readonly Named[], job: Named): Selection {
  const from = rows.findIndex(({ id }) => id === selection.anchor)
  const to = rows.findIndex(({ id }) => id === job.id)
  if (from === -1 || to === -1) return toggle(selection, job)
  const choose = !selection.chosen.has(job.id)
  const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ...(choose ? add(selection, range) : remove(selection, range)), anchor: job.id }
}

/** All of these rows chosen, or all left where they were. */
export function toggleAll(selection: Selection, rows: readonly Named[]): Selection {
  return allChosen(selection, rows) ? remove(selection, rows) : add(selection, rows)
}

export function allChosen({ chosen }: Selection, rows: readonly Named[]): boolean {
  return rows.length > 0 && rows.every(({ id }) => chosen.has(id))
}

export function add({ chosen, anchor }: Selection, jobs: readonly Named[]): Selection {
  return { chosen: new Map([...chosen, ...jobs.map(({ id, name }) => [id, name] as const)]), anchor }
}

function remove({ chosen, anchor }: Selection, jobs: readonly Named[]): Selection {
  const gone = new Set(jobs.map(({ id }) => id))
  return { chosen: new Map([...chosen].filter(([id]) => !gone.has(id))), anchor }
}
