// From the inputs of a submission to the jobs that it would store: checked, templates filled in, arrays made,
// and bound to each other. Nothing is stored, so this also tells what a submission would become.
import { query } from '@constellation/platform/database/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Pool, PoolClient } from 'pg'
import type { Template } from '../entities.ts'
import type { SubmitJobInput } from '../generated/resolvers.ts'
import { TEMPLATE } from '../sql/columns.ts'
import type { LaneKey } from '../sql/lanes.ts'
import { findUnknownSecrets } from '../sql/secrets.ts'
import { chooseAccount } from './choose-account.ts'
import { type Element, expand } from './expand.ts'
import { newJobIds } from './job-ids.ts'
import { type Links, link, type Rule } from './link.ts'
import { checkSpec, type JobSpec } from './spec.ts'
import { fillTemplate } from './template.ts'

/** A job as it will be stored. */
export interface NewJob {
  id: string
  name: string
  params: JobSpec['params']
  spec: JobSpec
  account: string
  lane: LaneKey
  template: string | null
  array: { id: string; index: number; size: number } | null
  /** The jobs that it waits for, by id. */
  waitsFor: ReadonlyMap<string, Rule>
}

export interface Prepared {
  /** As their inputs stand. */
  jobs: NewJob[]
  /** What is named by id: such a job must be there, and must still be able to end well. */
  others: readonly NamedJob[]
}

/** A job that an input names, with the path of the field that does. */
export interface NamedJob {
  id: string
  rule: Rule
  path: string
}

/** The most jobs of one submission, arrays made. */
const MOST_JOBS = 10_000

/** Paths of problems begin with the position of their input: `0.command`. */
export async function prepare(
  client: Pool | PoolClient,
  who: Principal,
  inputs: readonly SubmitJobInput[],
): Promise<Prepared | { problems: Problem[] }> {
  const templates = await findTemplates(client, inputs)
  const checked = inputs.map((input) => checkOne(who, input, templates))
  const problems = checked.flatMap((one, i) => ('problems' in one ? within(i, one.problems) : []))
  if (problems.length > 0) return { problems }
  const groups = checked.flatMap((one) => ('problems' in one ? [] : [one]))
  const count = groups.reduce((sum, { elements }) => sum + elements.length, 0)
  if (count > MOST_JOBS) return { problems: [{ path: '', message: `must make at most ${MOST_JOBS} jobs in all` }] }
  const linked = link(groups)
  if ('problems' in linked) return linked
  const unknown = await findUnknownSecrets(client, groups)
  if (unknown.length > 0) return { problems: unknown }
  const others = linked.links.flatMap((links, i) => links.others.map((one) => ({ ...one, path: `${i}.${one.path}` })))
  return { jobs: bind(groups, linked.links, linked.order, count), others }
}

/** One input, as far as it can be judged by itself. */
interface Checked {
  spec: JobSpec
  elements: Element[]
  account: string
  template: string | null
}

function checkOne(
  who: Principal,
  input: SubmitJobInput,
  templates: ReadonlyMap<string, Template>,
): Checked | { problems: Problem[] } {
  const filled = fillTemplate(input, templates.get(input.template ?? '') ?? null)
  if ('problems' in filled) return filled
  const checked = checkSpec(filled.input)
  if ('problems' in checked) return checked
  const payer = chooseAccount(who, input.account)
  if ('problems' in payer) return payer
  const expanded = expand(checked.spec)
  if ('problems' in expanded) return expanded
  return { spec: checked.spec, ...expanded, ...payer, template: input.template ?? null }
}

async function findTemplates(
  client: Pool | PoolClient,
  inputs: readonly SubmitJobInput[],
): Promise<Map<string, Template>> {
  // NUL cannot be stored, so no template has it in its name; PostgreSQL would refuse the question.
  const names = new Set(inputs.flatMap(({ template }) => (template && !template.includes('\0') ? [template] : [])))
  if (names.size === 0) return new Map()
  const rows = await query<Template>(
    client,
    'templates-by-name',
    `SELECT ${TEMPLATE} FROM templates t WHERE t.name = ANY ($1)`,
    [[...names]],
  )
  return new Map(rows.map((row) => [row.name, row]))
}

/** Gives ids, in an order in which every job's is greater than those that it waits for: rows are locked by id. */
function bind(groups: readonly Checked[], links: readonly Links[], order: readonly number[], count: number): NewJob[] {
  const ids = newJobIds(count)
  const idsOf = new Map<number, string[]>()
  for (const group of order) idsOf.set(group, ids.splice(0, groups[group]?.elements.length))
  return groups.flatMap((group, g) => {
    const own = idsOf.get(g) ?? []
    const waitsFor = linksOf(links[g], idsOf)
    const [arrayId = null] = group.spec.array ? newJobIds(1) : []
    return group.elements.map((element, i) => jobOf(group, element, { id: own[i] ?? '', arrayId, own, waitsFor }))
  })
}

function linksOf(links: Links | undefined, idsOf: ReadonlyMap<number, readonly string[]>): [string, Rule][] {
  const within = links?.groups.flatMap(({ group, rule }) => (idsOf.get(group) ?? []).map((id) => [id, rule] as const))
  return [...(within ?? []), ...(links?.others ?? []).map(({ id, rule }) => [id, rule] as const)].map((one) => [...one])
}

function jobOf(
  { spec, account, template }: Checked,
  { name, params, place, afterIndex }: Element,
  at: { id: string; arrayId: string | null; own: readonly string[]; waitsFor: readonly [string, Rule][] },
): NewJob {
  const before = afterIndex === null ? undefined : at.own[afterIndex]
  return {
    id: at.id,
    name,
    params,
    spec,
    account,
    lane: laneOf(spec, account),
    template,
    array: place && at.arrayId !== null ? { id: at.arrayId, ...place } : null,
    waitsFor: new Map(before === undefined ? at.waitsFor : [...at.waitsFor, [before, 'ended']]),
  }
}

/** Where the job waits: among those of the account that ask for the same. */
function laneOf({ gpus, params }: JobSpec, account: string): LaneKey {
  return {
    account,
    gpuCount: gpus.count,
    gpuMinMemoryMb: gpus.minMemoryMb,
    gpuModel: gpus.model,
    gpuMinCapability: gpus.minComputeCapability,
    executor: params.container ? 'docker' : 'process',
    workerLabels: params.workerLabels ?? {},
  }
}

function within(position: number, problems: readonly Problem[]): Problem[] {
  return problems.map(({ path, message }) => ({ path: path === '' ? `${position}` : `${position}.${path}`, message }))
}
