import { createMemo, Show } from 'solid-js'
import { type AttemptFragment, RunTelemetryDocument, type SampleFragment } from '../generated/documents.ts'
import { createTelemetry } from '../gpus/telemetry.ts'
import { now } from '../shared/clock.ts'
import { createPolled } from '../shared/polled.ts'
import { sayError } from '../shared/say-error.ts'
import styles from './charts.module.css'
import { Charts } from './charts.tsx'
import { pollRun, runSpan } from './run-span.ts'
import { words } from './words.ts'

const POINTS = 240

/** Samples that no roll-up covers yet are kept so long, in milliseconds. */
const TAIL_MS = 600_000

/** What the GPUs of a run did while it held them, also after its end, and what they do now while it lives. */
export default function RunCharts(props: { run: AttemptFragment }) {
  const gpus = () => (props.run.gpus ?? []).toSorted((a, b) => a.index - b.index)
  const live = () => props.run.finishedAt === null
  const telemetry = createTelemetry(() => (live() ? gpus().map((gpu) => gpu.id) : null), TAIL_MS)
  const kept = createPolled(
    RunTelemetryDocument,
    () => ({ id: props.run.id, points: POINTS }),
    () => props.run.id,
    createMemo(() => pollRun(props.run.finishedAt, now())),
  )
  const span = createMemo(() => runSpan(props.run.startedAt ?? props.run.claimedAt, props.run.finishedAt, now()))
  const courses = () =>
    gpus().map((gpu) => ({
      label: words.gpu(gpu.index),
      memoryMb: gpu.totalMemoryMb,
      rollups: kept.data()?.run?.telemetry.find((each) => each.gpu.id === gpu.id)?.rollups ?? [],
      samples: live() ? telemetry.of(gpu.id) : until(span().to, telemetry.of(gpu.id)),
    }))
  const answered = () => kept.data() !== undefined || kept.error() !== undefined
  const known = () => courses().some((course) => course.rollups.length > 0 || course.samples.length > 0)
  return (
    <section class="panel" aria-labelledby="telemetry">
      <div class={styles.head}>
        <h2 id="telemetry">{words.ofRun(gpus().length)}</h2>
      </div>
      <Show when={kept.error()}>
        {(error) => (
          <p class={`notice bad ${styles.problem}`} role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <Show
        when={known()}
        fallback={
          <Show when={live() || !answered()} fallback={<p class={`muted ${styles.none}`}>{words.notKept}</p>}>
            <p class={styles.loading} data-legend={gpus().length > 1 ? '' : undefined}>
              {live() && answered() ? words.notYet : ''}
            </p>
          </Show>
        }
      >
        <Charts courses={courses()} from={span().from} to={span().to} live={live()} />
      </Show>
    </section>
  )
}

/** Its GPUs may do something else by now. */
function until(end: number, samples: readonly SampleFragment[]): SampleFragment[] {
  return samples.filter((sample) => Date.parse(sample.at) / 1000 <= end)
}
