import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { AttemptFragment } from '../generated/documents.ts'
import { Ago, Duration } from '../shared/time.tsx'
import { words as everywhere } from '../shared/words.ts'
import styles from './attempts.module.css'
import { RunFigures } from './run-figures.tsx'
import { sayEnd } from './say-end.ts'
import { RunStateLabel } from './state-label.tsx'
import { words } from './words.ts'

/** The attempts at a job as a timeline, oldest first; the one whose log is shown is chosen here. */
export function Attempts(props: {
  runs: readonly AttemptFragment[]
  /** The id of the run whose log is shown. */
  shown: string | undefined
  ended: boolean
  onShow: (attempt: number) => void
}) {
  return (
    <section class="panel" aria-labelledby="attempts">
      <h2 id="attempts" class={styles.title}>
        {words.job.attempts}
      </h2>
      <Show
        when={props.runs.length > 0}
        fallback={<p class={`muted ${styles.none}`}>{props.ended ? words.job.neverRan : words.job.notYet}</p>}
      >
        <ol class={styles.list}>
          <For each={props.runs}>
            {(run) => (
              <li class={styles.attempt} data-shown={run.id === props.shown ? '' : undefined}>
                <button
                  type="button"
                  class={styles.choose}
                  aria-pressed={run.id === props.shown}
                  onClick={() => props.onShow(run.attempt)}
                >
                  {words.job.attempt(run.attempt)}
                </button>
                <Outcome run={run} />
                <Where run={run} />
                <Show when={run.id === props.shown && run.metrics}>
                  {(metrics) => <RunFigures metrics={metrics()} />}
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </section>
  )
}

function Outcome(props: { run: AttemptFragment }) {
  return (
    <div class={styles.outcome}>
      <p class={styles.line}>
        <RunStateLabel state={props.run.state} />
        <Show when={sayEnd(props.run)}>{(said) => <span class="muted">{said()}</span>}</Show>
        <span class={styles.times}>
          <Show when={props.run.startedAt}>
            {(startedAt) => <Duration from={startedAt()} to={props.run.finishedAt} />}
          </Show>
          <span class="muted">
            {props.run.startedAt ? words.job.started : words.job.taken}{' '}
            <Ago at={props.run.startedAt ?? props.run.claimedAt} />
          </span>
        </span>
      </p>
      <Show when={props.run.reason}>{(reason) => <p class="muted">{reason()}</p>}</Show>
    </div>
  )
}

function Where(props: { run: AttemptFragment }) {
  return (
    <ul class={styles.where}>
      <li class="muted">{props.run.worker?.hostname}</li>
      <For each={props.run.gpus} fallback={<li class="muted">{words.job.noGpus}</li>}>
        {(gpu) => (
          <li class={styles.gpu}>
            <A href={`/gpus/${gpu.id}`}>{gpu.name}</A>
            <span class={`mono muted ${styles.uuid}`} title={gpu.uuid}>
              {gpu.uuid}
            </span>
            <Show when={gpu.simulated}>
              <span class="simulated" title={everywhere.simulatedTitle}>
                {everywhere.simulated}
              </span>
            </Show>
          </li>
        )}
      </For>
    </ul>
  )
}
