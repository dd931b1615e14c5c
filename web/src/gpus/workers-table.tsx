import { createEffect, For, Show } from 'solid-js'
import type { GpuCardFragment, WorkerRowFragment } from '../generated/documents.ts'
import { OperateButtons } from '../operate/operate-buttons.tsx'
import { createRows } from '../shared/rows.ts'
import { Ago } from '../shared/time.tsx'
import { words } from './words.ts'
import styles from './workers-table.module.css'

/** The hosts that run jobs. `operable`: with what takes them out of service. */
export function WorkersTable(props: {
  workers: readonly WorkerRowFragment[]
  gpus: readonly GpuCardFragment[]
  operable: boolean
}) {
  // A row stays the same while its worker changes: a dialog may be open in it.
  const { rows, show } = createRows<WorkerRowFragment>()
  createEffect(() => show(props.workers))
  return (
    <section class={`panel ${styles.panel}`} aria-labelledby="workers">
      <h2 id="workers" class="panel-title">
        {words.workers.title}
      </h2>
      <Show when={props.workers.length > 0} fallback={<p class="muted panel-none">{words.workers.none}</p>}>
        <table class={`rows ${styles.table}`}>
          <thead>
            <tr>
              <th>{words.workers.hostname}</th>
              <th class={styles.state}>{words.workers.state}</th>
              <th class={`${styles.gpus} number`}>{words.workers.gpus}</th>
              <th class={styles.version}>{words.workers.version}</th>
              <th class={styles.seen}>{words.workers.seen}</th>
              <Show when={props.operable}>
                <th class={styles.actions}>
                  <span class="hidden">{words.workers.actions}</span>
                </th>
              </Show>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(worker) => <WorkerRow worker={worker()} gpus={props.gpus} operable={props.operable} />}
            </For>
          </tbody>
        </table>
      </Show>
    </section>
  )
}

function WorkerRow(props: { worker: WorkerRowFragment; gpus: readonly GpuCardFragment[]; operable: boolean }) {
  const runs = () => {
    const held = props.gpus.filter((gpu) => gpu.worker.id === props.worker.id).flatMap((gpu) => gpu.currentRun ?? [])
    return new Set(held.map((run) => run.id)).size
  }
  return (
    <tr>
      <td>
        <span class={styles.host}>{props.worker.hostname}</span>
        <Show when={props.worker.cordon}>
          {(cordon) => <p class={styles.notice}>{words.workers.because(cordon().reason, cordon().by)}</p>}
        </Show>
        <Show when={props.worker.gpuNotice}>{(notice) => <p class={styles.notice}>{notice()}</p>}</Show>
      </td>
      <td>
        <span
          class={styles.online}
          data-state={props.worker.state}
          data-cordoned={props.worker.cordon ? '' : undefined}
        >
          {stateWord(props.worker)}
        </span>
      </td>
      <td class="number">{props.worker.gpus.length}</td>
      <td class={styles.version}>{props.worker.version}</td>
      <td class={styles.seen}>
        <Ago at={props.worker.lastSeenAt} />
      </td>
      <Show when={props.operable}>
        <td class={styles.actions}>
          <OperateButtons
            target={{
              kind: 'worker',
              id: props.worker.id,
              name: props.worker.hostname,
              cordon: props.worker.cordon,
              openFaults: 0,
              runs: runs(),
            }}
          />
        </td>
      </Show>
    </tr>
  )
}

function stateWord({ state, cordon }: WorkerRowFragment): string {
  return state === 'ONLINE' && cordon ? words.workers.cordoned[cordon.mode] : words.workers.states[state]
}
