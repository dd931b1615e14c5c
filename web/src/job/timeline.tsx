import { A } from '@solidjs/router'
import { createEffect, createMemo, For, Index, on, type ParentProps, Show } from 'solid-js'
import type { AttemptFragment, JobDetailsFragment } from '../generated/documents.ts'
import { sayEnd } from '../jobs/say-end.ts'
import { RunStateLabel } from '../jobs/state-label.tsx'
import { sayDuration } from '../shared/amounts.ts'
import { now } from '../shared/clock.ts'
import { narrow } from '../shared/narrow.ts'
import { exactly } from '../shared/time.tsx'
import { words as everywhere } from '../shared/words.ts'
import { RunFigures } from './run-figures.tsx'
import styles from './timeline.module.css'
import { type Row, type Segment, sayTick, ticksOf, timelineOf } from './timeline.ts'
import { words } from './words.ts'

/** Of many GPUs of one model so many have a link. */
const LINKED_GPUS = 8

type RunGpu = NonNullable<AttemptFragment['gpus']>[number]

/** The attempts as bars on one axis of time, oldest first; the one whose log is shown is chosen here. */
export function Timeline(props: {
  job: JobDetailsFragment
  /** The id of the run whose log is shown. */
  shown: string | undefined
  onShow: (attempt: number) => void
}) {
  const timeline = createMemo(() => timelineOf(props.job, props.job.finishedAt === null ? now() : 0))
  const ticks = createMemo(() => ticksOf(timeline(), narrow() ? 3 : 6))
  let list: HTMLOListElement | undefined
  // Of many attempts the shown one is in view; the page itself stays where it is.
  createEffect(
    on([() => props.shown, () => props.job.runs.length], () => {
      const row = list?.querySelector('[data-shown]')
      if (list && row instanceof HTMLElement) {
        const end = row.offsetTop + row.offsetHeight
        if (row.offsetTop < list.scrollTop || end > list.scrollTop + list.clientHeight) list.scrollTop = row.offsetTop
      }
    }),
  )
  const place = (from: number, to: number) => {
    const { from: start, to: end } = timeline()
    return {
      left: `${((from - start) * 100) / (end - start)}%`,
      width: `${((to - from) * 100) / (end - start)}%`,
    }
  }
  return (
    <section class={`panel ${styles.timeline}`} aria-labelledby="attempts">
      <header class={styles.head}>
        <h2 id="attempts">{words.timeline.title}</h2>
        <div class={styles.axis} aria-hidden="true">
          <Index each={ticks()}>
            {(tick) => (
              <span style={{ left: `${tick().at}%` }} data-edge={tick().at > 92 ? 'right' : undefined}>
                {sayTick(tick().ms)}
              </span>
            )}
          </Index>
        </div>
      </header>
      <ol ref={list} class={styles.rows}>
        <Index each={timeline().rows}>
          {(row) => (
            <AttemptRow row={row()} job={props.job} shown={props.shown} onShow={props.onShow}>
              <div class={styles.track}>
                <Index each={ticks()}>
                  {(tick) => <span class={styles.grid} style={{ left: `${tick().at}%` }} aria-hidden="true" />}
                </Index>
                <Index each={row().segments}>
                  {(segment) => <Bar segment={segment()} run={row().run} style={place(segment().from, segment().to)} />}
                </Index>
              </div>
            </AttemptRow>
          )}
        </Index>
      </ol>
    </section>
  )
}

function AttemptRow(
  props: ParentProps<{
    row: Row<AttemptFragment>
    job: JobDetailsFragment
    shown: string | undefined
    onShow: (attempt: number) => void
  }>,
) {
  const run = () => props.row.run
  const isShown = () => run() !== null && run()?.id === props.shown
  return (
    <li class={styles.row} data-shown={isShown() ? '' : undefined}>
      <div class={styles.who}>
        <Show when={run()} fallback={<span class={styles.number}>{words.timeline.attempt(props.row.attempt)}</span>}>
          {(shown) => (
            <button
              type="button"
              class={styles.choose}
              aria-pressed={isShown()}
              onClick={() => props.onShow(shown().attempt)}
            >
              {words.timeline.attempt(shown().attempt)}
            </button>
          )}
        </Show>
        <Show when={run()} fallback={<NoRun job={props.job} />}>
          {(shown) => <RunStateLabel state={shown().state} />}
        </Show>
      </div>
      {props.children}
      <span class={styles.duration}>{durationOf(props.row)}</span>
      <Show when={run()}>{(shown) => <Details run={shown()} isShown={isShown()} />}</Show>
    </li>
  )
}

function NoRun(props: { job: JobDetailsFragment }) {
  return (
    <span class={`muted ${styles.noRun}`}>
      {props.job.finishedAt === null ? words.timeline.waiting : words.timeline.neverRan}
    </span>
  )
}

function Bar(props: { segment: Segment; run: AttemptFragment | null; style: { left: string; width: string } }) {
  const said = () =>
    words.timeline.segment[props.segment.kind](sayDuration(props.segment.to - props.segment.from, true))
  const title = () => `${said()}\n${exactly(props.segment.from)} – ${exactly(props.segment.to)}`
  return (
    <Show when={props.segment.kind === 'running' || props.segment.to > props.segment.from}>
      <span
        class={styles.bar}
        data-kind={props.segment.kind}
        data-state={props.run?.state}
        data-open={props.run !== null && props.run.finishedAt === null ? '' : undefined}
        title={title()}
        style={props.style}
      >
        <span class="hidden">{said()}</span>
      </span>
    </Show>
  )
}

/** Where it ran and how it ended, and, for the one that is shown, what its GPUs did. */
function Details(props: { run: AttemptFragment; isShown: boolean }) {
  return (
    <div class={styles.details}>
      <p class={styles.where}>
        <Show when={props.run.worker}>{(worker) => <span>{worker().hostname}</span>}</Show>
        <For each={gpusByModel(props.run.gpus ?? [])} fallback={<span>{words.timeline.noGpus}</span>}>
          {(gpus) => <Gpus gpus={gpus} />}
        </For>
      </p>
      <Show when={sayEnd(props.run)}>{(said) => <p class={styles.end}>{said()}</p>}</Show>
      <Show when={ownReason(props.run)}>{(reason) => <p class={styles.reason}>{reason()}</p>}</Show>
      <Show when={props.isShown && props.run.metrics}>{(metrics) => <RunFigures metrics={metrics()} />}</Show>
    </div>
  )
}

/** Why it ended, unless that says no more than how it did, right before it. */
function ownReason(run: AttemptFragment): string | null {
  const end = sayEnd(run)
  return run.reason === words.timeline.endedWith(end ?? '') ? null : run.reason
}

/** GPUs of one model, each a link. */
function Gpus(props: { gpus: readonly RunGpu[] }) {
  return (
    <span class={styles.gpu}>
      {props.gpus[0]?.name}
      <Show when={props.gpus[0]?.simulated}>
        <span class="simulated" title={everywhere.simulatedTitle}>
          {everywhere.simulated}
        </span>
      </Show>
      <For each={props.gpus.slice(0, LINKED_GPUS)}>
        {(gpu) => (
          <A href={`/gpus/${gpu.id}`} title={gpu.uuid}>
            {words.timeline.gpu(gpu.index)}
          </A>
        )}
      </For>
      <Show when={props.gpus.length > LINKED_GPUS}>
        <span>{words.timeline.moreGpus(props.gpus.length - LINKED_GPUS)}</span>
      </Show>
    </span>
  )
}

function gpusByModel(gpus: readonly RunGpu[]): RunGpu[][] {
  const models = [...new Set(gpus.map(({ name }) => name))]
  return models.map((model) => gpus.filter(({ name }) => name === model).sort((a, b) => a.index - b.index))
}

/** How long it ran, or waited where it did not run. */
function durationOf({ segments }: Row<AttemptFragment>): string {
  const last = segments.at(-1)
  return last ? sayDuration(last.to - last.from, last.to - last.from < 60_000 && last.kind === 'running') : ''
}
