// For tests: what has been used, which is always the same, and exports in memory, each done at once.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { RequestUsageExportInput, RestExportFragment } from '../generated/documents.ts'

const USAGE = {
  gpuSeconds: 3.25,
  runs: 1,
  cost: [{ amount: '1.5000000000', currency: 'EUR' }],
  wastedGpuSeconds: 0.25,
  utilisedGpuSeconds: 1.5,
  measuredGpuSeconds: 3,
}

/** The fields of the graph that speak of usage. */
export function usageFields() {
  const exports = new Map<string, RestExportFragment>()
  return {
    usage: () => ({
      asOf: '2026-01-31T12:00:00.000Z',
      rows: [{ user: 'alice', model: 'A100', usage: { ...USAGE, provisional: false } }],
      total: { ...USAGE, provisional: false },
    }),
    usageLeaderboard: () => [
      {
        rank: 1,
        key: 'team-a',
        usage: { ...USAGE, provisional: true, asOf: '2026-01-31T12:00:00.000Z' },
      },
    ],
    usageExports: () => [...exports.values()],
    usageExport: ({ id }: { id: string }) => exports.get(id) ?? null,
    requestUsageExport: ({ input }: { input: RequestUsageExportInput }) => {
      const made = newExport(exports.size, input)
      exports.set(made.id, made)
      return made
    },
    cancelUsageExport: ({ id }: { id: string }) => {
      const found = exports.get(id)
      if (!found) throw new ConstellationError('NOT_FOUND', `There is no export ${id}.`)
      exports.set(id, { ...found, state: 'CANCELLED', link: null, linkExpiresAt: null })
      return exports.get(id)
    },
    usageStatement: ({ account, month }: { account: string; month: string }) => {
      return { account, month, html: `<p>${account} in ${month}</p>` }
    },
  }
}

function newExport(n: number, { format, range }: RequestUsageExportInput): RestExportFragment {
  const id = `0199a1b2-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`
  return {
    id,
    format,
    requestedBy: 'alice',
    from: range?.from ?? null,
    to: range?.to ?? null,
    state: 'DONE',
    progress: 1,
    rows: 2,
    bytes: 10,
    sha256: '00',
    problem: null,
    completeFrom: null,
    createdAt: '2026-01-31T12:00:00.000Z',
    finishedAt: '2026-01-31T12:00:01.000Z',
    expiresAt: '2026-02-01T12:00:01.000Z',
    link: `/usage/exports/${id}/file?expires=1&signature=x`,
    linkExpiresAt: '2026-01-31T12:15:00.000Z',
  }
}
