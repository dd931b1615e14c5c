import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { GpuDetailsFragment, RunOfGpuFragment } from '../generated/documents.ts'
import { sayEnd } from '../jobs/say-end.ts'
import { RunStateLabel } from '../jobs/state-label.tsx'
import { Ago, Duration } from '../shared/time.tsx'
import styles from './past-runs.module.css'
import { words } from './words.ts'

/** The runs that a GPU had, the newest first, each with its end. */
export function PastRuns(props: { runs: GpuDetailsFragment['runs'] }) {
  return (
    <section class="panel" aria-labelledby="runs">
      <h2 id="runs" class="panel-title">
        {words.pastRuns.title}
      </h2>
      <Show when={props.runs.nodes.length > 0} fallback={<p class={`muted ${styles.none}`}>{words.pastRuns.none}</p>}>
        <table class={`rows ${styles.table}`}>
          <thead>
            <tr>
              <th>{words.pastRuns.job}</th>
              <th class={styles.end}>{words.pastRuns.end}</th>
              <th class={styles.when}>{words.pastRuns.when}</th>
              <th class={`${styles.duration} number`}>{words.pastRuns.duration}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.runs.nodes}>{(run) => <PastRun run={run} />}</For>
          </tbody>
        </table>
        <Show when={props.runs.pageInfo.hasNextPage}>
          <p class={`muted ${styles.more}`}>{words.pastRuns.more}</p>
        </Show>
      </Show>
    </section>
  )
}

function PastRun(props: { run: RunOfGpuFragment }) {
  return (
    <tr>
      <td class="cut">
        <A href={`/jobs/${props.run.job.id}?attempt=${props.run.attempt}`}>{props.run.job.name}</A>
      </td>
      <td>
        <RunStateLabel state={props.run.state} />
        <Show when={sayEnd(props.run)}>{(end) => <p class={`muted ${styles.detail}`}>{end()}</p>}</Show>
      </td>
      <td class={styles.when}>
        <Ago at={props.run.startedAt ?? props.run.claimedAt} />
      </td>
      <td class={`number ${styles.duration}`}>
        <Show when={props.run.startedAt}>
          {(startedAt) => <Duration from={startedAt()} to={props.run.finishedAt} />}
        </Show>
      </td>
    </tr>
  )
}
