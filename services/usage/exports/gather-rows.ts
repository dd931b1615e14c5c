// Puts together where the rows of an export are, as one state of the ledger, and the SELECT that gives them.
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'
import type { Analyst } from '../lake/ask.ts'
import { ENTERED, literal, instant as microseconds, rowsOfCsv } from '../lake/columns.ts'
import { copyOut } from '../lake/copy-out.ts'
import { readManifest } from '../lake/manifest.ts'
import { filesFor, selectRows } from '../lake/rows.ts'
import { readTail } from '../lake/tail.ts'
import { listPrices } from '../ledger/prices.ts'
import { conditions, daysOf } from '../report/select.ts'
import type { ExportRow } from './export-row.ts'
import { selectCharges } from './focus.ts'
import { selectIdle, writeIdle } from './focus-idle.ts'
import { FORMS } from './formats.ts'

interface Sources {
  pool: Pool
  directory: string
  analyst: Pick<Analyst, 'ask'>
}

/** The SELECT for DuckDB; what it reads beside the lake's files is there until `release`. `completeFrom` is a day. */
export async function gatherRows(
  sources: Sources,
  { format, question }: Pick<ExportRow, 'format' | 'question'>,
): Promise<{ select: string; completeFrom: string | null; release(): Promise<void> }> {
  const { pool, directory } = sources
  const manifest = await readManifest(directory)
  const tail = await readTail(pool, directory, manifest)
  const days = daysOf(question.range)
  const files = filesFor(manifest, tail, days).map(({ path }) => path)
  const slices = selectRows(directory, files, rowsOfCsv(tail.csv), days)
  const name = join(directory, 'tails', randomUUID())
  const beside = { late: `${name}-late.csv`, idle: `${name}-idle.csv` }
  const release = async () => {
    await Promise.all([tail.csv, beside.late, beside.idle].map((path) => rm(path, { force: true })))
  }
  try {
    const { isFocus } = FORMS[format]
    const select = isFocus
      ? await selectFocus(sources, { format, question, kept: manifest.from }, slices, beside)
      : `SELECT * FROM (${slices}) WHERE ${conditions(question, literal)}`
    return { select, completeFrom: manifest.from ?? null, release }
  } catch (error) {
    await release()
    throw error
  }
}

async function selectFocus(
  { pool, analyst }: Sources,
  { format, question, kept }: Pick<ExportRow, 'format' | 'question'> & { kept: string | undefined },
  slices: string,
  beside: { late: string; idle: string },
): Promise<string> {
  await copyLate(pool, question, beside.late)
  const { from, to } = question.range
  // Of days that are not kept nobody knows here what was idle.
  const known = { from: kept === undefined ? from : Math.max(from, Date.parse(kept)), to }
  if (question.withIdle) await writeIdle({ pool, analyst }, known, beside.idle)
  return selectCharges({
    slices,
    late: rowsOfCsv(beside.late, [{ name: 'entered_at', type: 'TIMESTAMP' }]),
    idle: question.withIdle ? selectIdle(beside.idle) : null,
    isCounted: conditions(question, literal),
    currency: await currencyOfNothing(pool),
    isText: FORMS[format].writer === 'csv',
  })
}

/**
 * FOCUS needs a currency also where there was no price and nothing is charged: that of the first price, so that it is the same
 * whenever it is asked for. Without any, ISO 4217's code for none.
 */
async function currencyOfNothing(pool: Pool): Promise<string> {
  const [first] = (await listPrices(pool)).toSorted((a, b) => Date.parse(a.validFrom) - Date.parse(b.validFrom))
  return first?.currency ?? 'XXX'
}

/** What came late of closed months, and was entered within the range. */
async function copyLate(pool: Pool, { range }: ExportRow['question'], path: string): Promise<void> {
  const instant = (at: number) => literal(new Date(at).toISOString())
  const client = await pool.connect()
  try {
    await copyOut(
      client,
      `SELECT ${ENTERED}, ${microseconds('s.entered_at')} FROM slices s JOIN runs r USING (run_id)
       WHERE s.late AND s.entered_at >= ${instant(range.from)} AND s.entered_at < ${instant(range.to)}`,
      path,
    )
  } finally {
    client.release()
  }
}
