import { For, Show } from 'solid-js'
import type { WorkerRowFragment } from '../generated/documents.ts'
import { Ago } from '../shared/time.tsx'
import { words } from './words.ts'
import styles from './workers-table.module.css'

/** The hosts that run jobs. */
export function WorkersTable(props: { workers: readonly WorkerRowFragment[] }) {
  return (
    <section class={`panel ${styles.panel}`} aria-labelledby="workers">
      <h2 id="workers" class={styles.title}>
        {words.workers.title}
      </h2>
      <Show when={props.workers.length > 0} fallback={<p class={`muted ${styles.none}`}>{words.workers.none}</p>}>
        <table class={styles.table}>
          <thead>
            <tr>
              <th>{words.workers.hostname}</th>
              <th class={styles.state}>{words.workers.state}</th>
              <th class={`${styles.gpus} number`}>{words.workers.gpus}</th>
              <th class={styles.version}>{words.workers.version}</th>
              <th class={styles.seen}>{words.workers.seen}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.workers}>{(worker) => <WorkerRow worker={worker} />}</For>
          </tbody>
        </table>
      </Show>
    </section>
  )
}

function WorkerRow(props: { worker: WorkerRowFragment }) {
  return (
    <tr>
      <td>
        <span class={styles.host}>{props.worker.hostname}</span>
        <Show when={props.worker.gpuNotice}>{(notice) => <p class={styles.notice}>{notice()}</p>}</Show>
      </td>
      <td>
        <span class={styles.online} data-state={props.worker.state}>
          {words.workers.states[props.worker.state]}
        </span>
      </td>
      <td class="number">{props.worker.gpus.length}</td>
      <td class={styles.version}>{props.worker.version}</td>
      <td>
        <Ago at={props.worker.lastSeenAt} />
      </td>
    </tr>
  )
}
