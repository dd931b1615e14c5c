import { type Call, has, readOption } from '../command.ts'
import { QueueNowDocument, type QueueNowQuery } from '../generated/documents.ts'
import { wholeNumber } from '../values.ts'
import { note, paint, say, sayJson, tableWidth } from '../view/output.ts'
import { type Column, tableLines } from '../view/table.ts'
import { duration, gpusWord, shortener, startsWhen } from '../view/words.ts'

type Waiting = NonNullable<QueueNowQuery['queue']>['nodes'][number]

/** What waits, in the order in which it would be started, and why. */
export async function run(call: Call): Promise<number> {
  const first = readOption(call, 'limit', (name, text) => wholeNumber(name, text, 1, 1_000)) ?? 100
  const api = await call.open()
  const { queue } = await api.ask(QueueNowDocument, { kind: has(call, 'cpu') ? 'SLOTS' : 'GPUS', first })
  const jobs = queue?.nodes ?? []
  if (call.json) sayJson(jobs)
  else if (jobs.length === 0) note('Nothing waits.')
  else for (const line of tableLines(columns(jobs), jobs, tableWidth())) say(line)
  return 0
}

function columns(jobs: readonly Waiting[]): Column<Waiting>[] {
  const now = Date.now()
  const short = shortener(jobs.map(({ id }) => id))
  return [
    { title: '#', cell: ({ queue }) => String(queue?.position ?? '-'), align: 'right' },
    { title: 'JOB', cell: ({ id }) => short(id) },
    { title: 'NAME', cell: ({ name }) => name, least: 10 },
    { title: 'USER', cell: ({ submittedBy }) => submittedBy, least: 6, givesWay: 4 },
    { title: 'ACCOUNT', cell: ({ account }) => account, least: 6, givesWay: 5 },
    { title: 'GPUS', cell: ({ gpus }) => gpusWord(gpus), least: 4 },
    { title: 'PRI', cell: ({ priority }) => String(priority), align: 'right', givesWay: 3 },
    { title: 'WAITED', cell: ({ createdAt }) => duration((now - Date.parse(createdAt)) / 1_000), align: 'right' },
    { title: 'WHY', cell: ({ queue }) => queue?.message ?? '', least: 20, givesWay: 1 },
    {
      title: 'START',
      cell: ({ queue }) => startsWhen(queue?.eta ?? null, now),
      paint: (text) => paint('dim', text),
      least: 8,
      givesWay: 2,
    },
  ]
}
