import { useSearchParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { type GpuDetailsFragment, GpuHistoryDocument } from '../generated/documents.ts'
import type { Telemetry } from '../gpus/telemetry.ts'
import { Choices } from '../shared/choices.tsx'
import { now } from '../shared/clock.ts'
import { createPolled } from '../shared/polled.ts'
import { sayError } from '../shared/say-error.ts'
import { useSearchParam } from '../shared/search.ts'
import styles from './charts.module.css'
import { Charts } from './charts.tsx'
import { RANGE_SECONDS, RANGES, type RangeName, rangeFromAddress } from './range.ts'
import { words } from './words.ts'

const POINTS = 240

/** What was stored since is asked for this often, in milliseconds: an hour's parts are a quarter of a minute long. */
const EVERY_MS: Record<RangeName, number> = { hour: 20_000, day: 60_000, week: 300_000 }

/** What a GPU did in the last hour, day or week, and what it does now. The choice lives in the address. */
export default function GpuCharts(props: { gpu: GpuDetailsFragment; telemetry: Telemetry }) {
  const [, setSearch] = useSearchParams()
  const asked = useSearchParam('range')
  const range = createMemo(() => rangeFromAddress(asked()))
  const span = () => RANGE_SECONDS[range()]
  const kept = createPolled(
    GpuHistoryDocument,
    () => ({ id: props.gpu.id, from: new Date(Date.now() - span() * 1000).toISOString(), points: POINTS }),
    () => `${props.gpu.id} ${range()}`,
    () => EVERY_MS[range()],
  )
  const rollups = () => kept.data()?.gpu?.history ?? []
  const course = () => ({
    label: props.gpu.name,
    memoryMb: props.gpu.totalMemoryMb,
    rollups: rollups(),
    samples: props.telemetry.of(props.gpu.id),
  })
  return (
    <section class="panel" aria-labelledby="telemetry">
      <div class={styles.head}>
        <h2 id="telemetry">{words.title}</h2>
        <Choices
          label={words.range}
          options={RANGES}
          chosen={range()}
          say={(each) => words.ranges[each]}
          onChoose={(each) => setSearch({ range: each === 'hour' ? undefined : each }, { replace: true })}
        />
      </div>
      <Show when={kept.error()}>
        {(error) => (
          <p class={`notice bad ${styles.problem}`} role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <Charts courses={[course()]} from={now() / 1000 - span()} to={now() / 1000} live />
    </section>
  )
}
