import { createMemo } from 'solid-js'
import { GpuFailuresDocument } from '../generated/documents.ts'
import { createLiveQuery } from '../shared/live.ts'
import { createSoon } from '../shared/soon.ts'
import { FAILURE_DAYS, failureRows, faultRows, MOST_FAULTS } from './failures.ts'
import { FailuresTable } from './failures-table.tsx'
import { FaultsTable } from './faults-table.tsx'
import { MOST } from './fleet.ts'

/** The counts are of a month: they are asked for again this often, in milliseconds. */
const ROUND_MS = 60_000

/** What went wrong in the last month: with which GPUs, and to the runs on them. */
export default function FleetHistory(props: { after: string | null }) {
  const query = createLiveQuery(GpuFailuresDocument, () => ({ first: MOST, after: props.after, days: FAILURE_DAYS }))
  createSoon(query.refresh, 0, ROUND_MS)
  const gpus = () => query.data()?.gpus?.nodes ?? []
  const faults = createMemo(() => faultRows(gpus(), Date.now()))
  return (
    <>
      <FailuresTable rows={failureRows(gpus(), Date.now())} />
      <FaultsTable rows={faults().slice(0, MOST_FAULTS)} all={faults().length} />
    </>
  )
}
