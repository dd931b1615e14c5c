import { createEffect, createMemo, For, Show } from 'solid-js'
import type { QueuedJobFragment } from '../generated/documents.ts'
import { createRows } from '../shared/rows.ts'
import type { Kind, LiveQueue } from './live-queue.ts'
import { mayMove } from './may-move.ts'
import { gpusAsked, needsOf, sayNeed } from './needs.ts'
import styles from './waiting.module.css'
import { WaitingRow } from './waiting-row.tsx'
import { words } from './words.ts'

/** The jobs that wait for GPUs, or for slots: those that need the same kind of machine in a table of their own. */
export function WaitingGroups(props: { queue: LiveQueue; kind: Kind }) {
  // A row stays the same while its job changes its place: it may have the focus.
  const { rows, show } = createRows<QueuedJobFragment>()
  createEffect(() => show(props.queue.jobs(props.kind)))
  const needs = createMemo(() => needsOf(props.queue.jobs(props.kind)))
  return (
    <For each={needs()}>
      {(need) => {
        const own = createMemo(() => rows().filter((row) => sayNeed(row()) === need))
        const jobs = createMemo(() => own().map((row) => row()))
        const id = `need-${need.replaceAll(/\W+/g, '-')}`
        return (
          <section class={`panel ${styles.panel}`} aria-labelledby={id}>
            <div class={styles.title}>
              <h2 id={id}>{need}</h2>
              <span class="muted">{words.counted(jobs().length, gpusAsked(jobs()), props.queue.isCut())}</span>
            </div>
            <table class="rows">
              <Head movable={mayMove()} />
              <tbody>
                <For each={own()}>
                  {(row) => <WaitingRow job={row()} jobs={jobs()} queue={props.queue} movable={mayMove()} />}
                </For>
              </tbody>
            </table>
          </section>
        )
      }}
    </For>
  )
}

function Head(props: { movable: boolean }) {
  return (
    <thead>
      <tr>
        <th class={`${styles.place} number`}>{words.table.place}</th>
        <th>{words.table.job}</th>
        <th class={styles.account}>{words.table.account}</th>
        <th class={`${styles.gpus} number`}>{words.table.gpus}</th>
        <th class={styles.why}>{words.table.why}</th>
        <th class={`${styles.waited} number`}>{words.table.waited}</th>
        <th class={`${styles.starts} number`}>{words.table.starts}</th>
        <th class={`${styles.priority} number`}>
          {words.table.priority}
          <Show when={props.movable}>
            <span class="hidden">. {words.move.hint}</span>
          </Show>
        </th>
      </tr>
    </thead>
  )
}
