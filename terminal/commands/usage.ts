import { type Call, oneOf, readOption, textOf, textsOf } from '../command.ts'
import { misused } from '../failure.ts'
import { type UsageDimension, UsageTableDocument, type UsageTableQuery } from '../generated/documents.ts'
import { instant, listed, wholeNumber } from '../values.ts'
import { note, say, sayJson, tableWidth } from '../view/output.ts'
import { type Column, tableLines } from '../view/table.ts'

type Report = NonNullable<UsageTableQuery['usage']>
type Row = Pick<Report['rows'][number], 'start' | 'account' | 'user' | 'model' | 'outcome' | 'usage'>

const DIMENSIONS = ['ACCOUNT', 'USER', 'MODEL', 'OUTCOME'] as const satisfies UsageDimension[]
const GRAINS = ['TOTAL', 'HOUR', 'DAY', 'WEEK', 'MONTH'] as const

/** What was held and what it cost. */
export async function run(call: Call): Promise<number> {
  const groupBy = listed(textsOf(call, 'by')).map((word) => oneOf('--by', word, DIMENSIONS))
  const grain = readOption(call, 'per', (name, word) => oneOf(name, word, GRAINS)) ?? 'TOTAL'
  const timeZone = textOf(call, 'zone') ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const range = rangeOf(call)
  const api = await call.open()
  const { usage } = await api.ask(UsageTableDocument, {
    range,
    grain,
    timeZone,
    groupBy: groupBy.length === 0 ? ['ACCOUNT'] : groupBy,
    filter: { accounts: nullIfEmpty(textsOf(call, 'account')), users: nullIfEmpty(textsOf(call, 'user')) },
    first: readOption(call, 'limit', (name, text) => wholeNumber(name, text, 1, 1_000)) ?? 100,
  })
  if (call.json) sayJson(usage)
  else if (usage) tell(usage, groupBy.length === 0 ? ['ACCOUNT'] : groupBy, timeZone)
  return 0
}

/** @throws Failure where it ends before it begins */
function rangeOf(call: Call): { from: string; to: string } {
  const from = readOption(call, 'from', instant) ?? instant('--from', '-30d')
  const to = readOption(call, 'to', instant) ?? instant('--to', 'now')
  if (from < to) return { from, to }
  throw misused(`--from must be before --to, which is now by default: ${from} is not before ${to}.`)
}

function nullIfEmpty(list: readonly string[]): string[] | null {
  return list.length === 0 ? null : [...list]
}

const TOTAL = { start: null, account: 'total', user: 'total', model: 'total', outcome: 'total' }

function tell({ rows, rowCount, total, asOf }: Report, groupBy: readonly UsageDimension[], timeZone: string): void {
  if (rows.length === 0) note('Nothing was used in that time.')
  if (rows.length === 0) return
  const sum: Row = { ...TOTAL, usage: total }
  for (const line of tableLines(columns(rows, groupBy, timeZone), [...rows, sum], tableWidth())) say(line)
  if (rowCount > rows.length) note(`${rows.length} of ${rowCount} rows; --limit shows more.`)
  if (total.provisional) note(`What runs is counted up to ${asOf}.`)
}

function columns(rows: readonly Row[], groupBy: readonly UsageDimension[], timeZone: string): Column<Row>[] {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const hasStart = rows.some(({ start }) => start !== null)
  const dimension = (
    title: 'ACCOUNT' | 'USER' | 'MODEL' | 'OUTCOME',
    of: (row: Row) => string | null,
  ): Column<Row>[] => (groupBy.includes(title) ? [{ title, cell: (row) => of(row) ?? '-', least: 8 }] : [])
  return [
    ...(hasStart
      ? [
          {
            title: 'FROM',
            cell: ({ start }: Row) => (start === null ? 'total' : day.format(new Date(start)).replace(' 00:00', '')),
          },
        ]
      : []),
    ...dimension('ACCOUNT', ({ account }) => account),
    ...dimension('USER', ({ user }) => user),
    ...dimension('MODEL', ({ model }) => model),
    ...dimension('OUTCOME', ({ outcome }) => outcome),
    { title: 'RUNS', cell: ({ usage }) => String(usage.runs), align: 'right' },
    { title: 'GPU-HOURS', cell: ({ usage }) => hours(usage.gpuSeconds), align: 'right' },
    { title: 'WASTED', cell: ({ usage }) => hours(usage.wastedGpuSeconds ?? 0), align: 'right', givesWay: 2 },
    {
      title: 'USED',
      cell: ({ usage }) => percent(usage.utilisedGpuSeconds, usage.measuredGpuSeconds),
      align: 'right',
      givesWay: 1,
    },
    { title: 'COST', cell: ({ usage }) => money(usage.cost), align: 'right' },
  ]
}

function hours(gpuSeconds: number): string {
  return (gpuSeconds / 3_600).toFixed(2)
}

/** How much of the time that was measured the GPUs worked. */
function percent(part: number | null, whole: number | null): string {
  return part === null || whole === null || whole === 0 ? '-' : `${Math.round((100 * part) / whole)}%`
}

/** By currency, to the cent. */
export function money(cost: readonly { amount: string; currency: string }[] | null): string {
  const sums = (cost ?? []).map(({ amount, currency }) => `${Number(amount).toFixed(2)} ${currency}`)
  return sums.length === 0 ? '-' : sums.join(' + ')
}
