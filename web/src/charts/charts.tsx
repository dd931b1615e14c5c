import { createMemo, For, Show } from 'solid-js'
import type { RollupFragment, SampleFragment } from '../generated/documents.ts'
import { ChartPanel } from './chart-panel.tsx'
import styles from './charts.module.css'
import type { LineLook } from './draw.ts'
import { METRIC, METRICS, type MetricName } from './metrics.ts'
import { band, highestAndMean, lines, MOST_LINES, type Overlay } from './overlay.ts'
import { niceTop } from './scale.ts'
import { saySummary, summarise } from './summary.ts'
import { type Point, type Throttled, throttledSpans, trace } from './trace.ts'
import { words } from './words.ts'

/** What is known of one GPU. */
export interface Course {
  /** Its name in the legend. */
  label: string
  memoryMb: number
  rollups: readonly RollupFragment[]
  samples: readonly SampleFragment[]
}

/** A chart for each metric, over the same time (seconds since 1970), of one GPU or several. */
export function Charts(props: { courses: readonly Course[]; from: number; to: number; live: boolean }) {
  /** Of several GPUs each tints its part. */
  const shaded = createMemo(() =>
    props.courses.flatMap(({ rollups, samples }) =>
      throttledSpans(rollups, samples).map((span) => ({ ...span, share: span.share / props.courses.length })),
    ),
  )
  return (
    <div class={styles.series}>
      <div class={styles.charts}>
        <For each={METRICS}>{(name) => <MetricChart name={name} shaded={shaded()} {...props} />}</For>
      </div>
      <Legend courses={props.courses} throttled={shaded().length > 0} />
    </div>
  )
}

function MetricChart(props: {
  name: MetricName
  courses: readonly Course[]
  shaded: readonly Throttled[]
  from: number
  to: number
  live: boolean
}) {
  const metric = () => METRIC[props.name]
  const traces = createMemo(() => props.courses.map(({ rollups, samples }) => trace(rollups, samples, metric())))
  const summary = createMemo(() => summarise(traces()))
  const overlay = createMemo(() => overlayOf(traces(), stepOf(props.courses), metric().averaged))
  const top = () => {
    const memory = Math.max(0, ...props.courses.map((course) => course.memoryMb))
    const least = metric().top(memory)
    const highest = summary()?.highest ?? 0
    return highest > least || (props.name === 'power' && highest > 0) ? niceTop(highest) : least
  }
  return (
    <ChartPanel
      title={words.metrics[props.name]}
      summary={saySummary(summary(), metric(), props.live ? props.to : undefined)}
      looks={looksOf(props.courses, metric().averaged)}
      banded={props.courses.length > MOST_LINES}
      picture={{ ...overlay(), from: props.from, to: props.to, top: top(), shaded: props.shaded }}
      say={metric().say}
    />
  )
}

/** Which line is whose, where there are several, and what the tint means. */
function Legend(props: { courses: readonly Course[]; throttled: boolean }) {
  return (
    <Show when={props.courses.length > 1 || props.throttled}>
      <ul class={styles.legend}>
        <Show when={props.courses.length > 1}>
          <For each={looksOf(props.courses, true)}>
            {(look) => (
              <li>
                <span class={styles.mark} style={{ background: `var(${look.colour})` }} />
                {look.label}
              </li>
            )}
          </For>
        </Show>
        <Show when={props.throttled}>
          <li>
            <span class={`${styles.mark} ${styles.tint}`} />
            {words.throttled}
          </li>
        </Show>
      </ul>
    </Show>
  )
}

function overlayOf(traces: readonly (readonly Point[])[], step: number, averaged: boolean): Overlay {
  const [only] = traces
  if (traces.length === 1 && only && averaged) return highestAndMean(only)
  return traces.length <= MOST_LINES ? lines(traces) : band(traces, step)
}

function looksOf(courses: readonly Course[], averaged: boolean): LineLook[] {
  if (courses.length > MOST_LINES) {
    return [
      { label: words.band.low, colour: '--series-faint', width: 1 },
      { label: words.band.mean, colour: '--series-1', width: 1.5 },
      { label: words.band.high, colour: '--series-faint', width: 1 },
    ]
  }
  if (courses.length === 1) {
    if (!averaged) return [{ label: words.highest, colour: '--series-1', width: 1.5, filled: true }]
    return [
      { label: words.highest, colour: '--series-faint', width: 1 },
      { label: words.mean, colour: '--series-1', width: 1.5, filled: true },
    ]
  }
  return courses.map((course, index) => ({ label: course.label, colour: `--series-${index + 1}`, width: 1.5 }))
}

/** The longest roll-up, in seconds: all GPUs have a point in each such step. */
function stepOf(courses: readonly Course[]): number {
  return Math.max(1, ...courses.flatMap((course) => course.rollups.map((rollup) => rollup.seconds)))
}
