import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { GpuDetailsFragment } from '../generated/documents.ts'
import { sayMemory } from '../shared/amounts.ts'
import { words as everywhere } from '../shared/words.ts'
import styles from './processes.module.css'
import { words } from './words.ts'

/** What uses a GPU; nothing for those whom that is not shown, or where it is unknown. */
export function Processes(props: { processes: GpuDetailsFragment['processes'] }) {
  return (
    <Show when={props.processes}>
      {(processes) => (
        <section class="panel" aria-labelledby="processes">
          <h2 id="processes" class="panel-title">
            {words.processes.title}
          </h2>
          <Show when={processes().length > 0} fallback={<p class="muted panel-none">{words.processes.none}</p>}>
            <table class={`rows ${styles.table}`}>
              <thead>
                <tr>
                  <th class={styles.pid}>{words.processes.pid}</th>
                  <th>{words.processes.name}</th>
                  <th class={`${styles.memory} number`}>{words.processes.memory}</th>
                  <th>{words.processes.run}</th>
                </tr>
              </thead>
              <tbody>
                <For each={processes()}>
                  {(process) => (
                    <tr>
                      <td class="mono">{process.pid}</td>
                      <td class="cut">{process.name ?? everywhere.none}</td>
                      <td class="number">
                        {process.memoryMb === null ? everywhere.none : sayMemory(process.memoryMb)}
                      </td>
                      <td class="cut">
                        <Show when={process.run} fallback={<span class="muted">{words.processes.stranger}</span>}>
                          {(run) => <A href={`/jobs/${run().job.id}`}>{run().job.name}</A>}
                        </Show>
                      </td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </Show>
        </section>
      )}
    </Show>
  )
}
