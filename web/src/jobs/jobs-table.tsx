import { A } from '@solidjs/router'
import { type Accessor, For, Show } from 'solid-js'
import type { JobRowFragment } from '../generated/documents.ts'
import { narrow } from '../shared/narrow.ts'
import { Ago, Duration } from '../shared/time.tsx'
import { words as everywhere } from '../shared/words.ts'
import { GpuSeconds } from './gpu-seconds.tsx'
import styles from './jobs-table.module.css'
import { JobStateLabel } from './state-label.tsx'
import { words } from './words.ts'

/** The jobs as rows. On a narrow screen a second line under the name holds what has no column there. */
export function JobsTable(props: { rows: readonly Accessor<JobRowFragment>[] }) {
  return (
    <table class={styles.table}>
      <Show when={narrow()} fallback={<WideHead />}>
        <thead>
          <tr>
            <th>{words.columns.name}</th>
            <th class={`${styles.duration} number`}>{words.columns.duration}</th>
          </tr>
        </thead>
      </Show>
      <tbody>
        <For each={props.rows}>
          {(job) => (
            <tr class={styles.row}>
              <Show when={narrow()} fallback={<WideCells job={job()} />}>
                <NarrowCells job={job()} />
              </Show>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}

function WideHead() {
  return (
    <thead>
      <tr>
        <th class={styles.state}>{words.columns.state}</th>
        <th>{words.columns.name}</th>
        <th class={styles.who}>{words.columns.account}</th>
        <th class={styles.who}>{words.columns.user}</th>
        <th class={styles.gpus}>{words.columns.gpus}</th>
        <th class={styles.created}>{words.columns.created}</th>
        <th class={`${styles.duration} number`}>{words.columns.duration}</th>
        <th class={`${styles.amount} number`}>{words.columns.gpuSeconds}</th>
      </tr>
    </thead>
  )
}

function WideCells(props: { job: JobRowFragment }) {
  return (
    <>
      <td>
        <JobStateLabel state={props.job.state} cancelRequested={props.job.cancelRequested} />
      </td>
      <td class={styles.name}>
        <JobLink job={props.job} />
      </td>
      <td class={styles.cut}>{props.job.account}</td>
      <td class={styles.cut}>{props.job.submittedBy}</td>
      <td class={styles.cut}>
        {props.job.gpus.count}
        <Show when={props.job.gpus.model}>{(model) => <span class="muted"> {model()}</span>}</Show>
      </td>
      <td>
        <Ago at={props.job.createdAt} />
      </td>
      <td class="number">
        <JobDuration job={props.job} />
      </td>
      <td class="number">
        <GpuSeconds usage={props.job.usage} rate={props.job.state === 'RUNNING' ? props.job.gpus.count : 0} />
      </td>
    </>
  )
}

function NarrowCells(props: { job: JobRowFragment }) {
  return (
    <>
      <td class={styles.name}>
        <JobLink job={props.job} />
        <span class={styles.more}>
          <JobStateLabel state={props.job.state} cancelRequested={props.job.cancelRequested} />
          <span class={styles.cut}>
            {words.gpus(props.job.gpus.count)} · <Ago at={props.job.createdAt} />
          </span>
        </span>
      </td>
      <td class="number">
        <JobDuration job={props.job} />
      </td>
    </>
  )
}

function JobLink(props: { job: JobRowFragment }) {
  return <A href={`/jobs/${props.job.id}`}>{props.job.name}</A>
}

function JobDuration(props: { job: JobRowFragment }) {
  return (
    <Show when={props.job.startedAt} fallback={<span class="muted">{everywhere.none}</span>}>
      {(startedAt) => <Duration from={startedAt()} to={props.job.finishedAt} />}
    </Show>
  )
}
