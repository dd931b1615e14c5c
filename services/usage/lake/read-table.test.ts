import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTable } from './read-table.ts'
import { numbersOf, rowsOf } from './table.ts'

async function tableOf(select: string) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  try {
    return await readTable(await connection.run(select))
  } finally {
    connection.closeSync()
  }
}

test('sums of decimals are told to the last place, however large, negative or not there', async () => {
  const most = 10n ** 38n - 1n
  const units = fc.option(fc.bigInt({ min: -most, max: most }))
  for (const scale of [0, 10]) {
    const some = [
      null,
      0n,
      1n,
      -1n,
      2n ** 63n,
      -(2n ** 64n),
      most,
      -most,
      ...fc.sample(units, { numRuns: 500, seed: 3 }),
    ]
    const rows = some.map(
      (value) => `(${value === null ? 'NULL' : `'${decimal(value, scale)}'`}::DECIMAL(38,${scale}))`,
    )
    const table = await tableOf(`SELECT cost, cost::VARCHAR AS text FROM (VALUES ${rows.join(', ')}) t (cost)`)
    const told = rowsOf(table)
    expect(told.map(({ cost }) => cost)).toEqual(told.map(({ text }) => text))
    const numbers = numbersOf(table, 'cost')
    for (const [i, { text }] of told.entries()) {
      const exact = Number(text)
      expect(Math.abs((numbers[i] ?? 0) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 1e-15)
    }
  }
})

function decimal(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`
}
