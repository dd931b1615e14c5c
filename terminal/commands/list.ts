import { type Call, has } from '../command.ts'
import { misused } from '../failure.ts'
import { columnsOf } from '../list/columns.ts'
import { readPage } from '../list/read.ts'
import { nothingLike, wantedList } from '../list/wanted.ts'
import { note, say, sayJson, tableWidth } from '../view/output.ts'
import { tableLines } from '../view/table.ts'

/** Jobs, the newest first: once, or as they change. */
export async function run(call: Call): Promise<number> {
  const isWatched = has(call, 'watch')
  if (isWatched && !call.json && !process.stdout.isTTY) throw misused('--watch needs a terminal, or --json.')
  const api = await call.open()
  const wanted = await wantedList(call, api)
  if (isWatched) {
    const { tellChanges, watchList } = await import('../list/watch.ts')
    await (call.json ? tellChanges(api, wanted) : watchList(api, wanted))
    return 0
  }
  const { jobs, isMore } = await readPage(api, wanted, process.stdout.isTTY && !call.json)
  const width = has(call, 'wide') ? null : tableWidth()
  if (call.json) sayJson(jobs.map(({ job }) => job))
  else if (has(call, 'quiet')) for (const { job } of jobs) say(job.id)
  else if (jobs.length === 0) note(nothingLike(wanted))
  else for (const line of tableLines(columnsOf(jobs, Date.now()), jobs, width)) say(line)
  if (isMore && !call.json) note(`These are the first ${jobs.length}; --limit shows more.`)
  return 0
}
