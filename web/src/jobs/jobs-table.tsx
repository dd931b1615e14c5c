import { A } from '@solidjs/router'
import { type Accessor, createEffect, createMemo, For, type JSX, Show, untrack } from 'solid-js'
import type { JobOrder, JobOrderField } from '../generated/documents.ts'
import { ClockProvider, now, slowNow } from '../shared/clock.ts'
import { narrow } from '../shared/narrow.ts'
import { maySubmit } from '../shared/roles.ts'
import { Ago } from '../shared/time.tsx'
import { GpuSeconds } from './gpu-seconds.tsx'
import { GpuCount, Gpus, JobDuration, Reason, Waited } from './job-cells.tsx'
import type { ListedJob } from './job-list.ts'
import styles from './jobs-table.module.css'
import { createNearRows } from './near-rows.ts'
import type { Named } from './selection.ts'
import { JobStateLabel } from './state-label.tsx'
import { tableWords } from './table-words.ts'

interface TableProps {
  rows: readonly Accessor<ListedJob>[]
  order: JobOrder
  onOrder: (order: JobOrder) => void
  isChosen: (id: string) => boolean
  all: boolean
  some: boolean
  onChoose: (job: Named, reach: boolean) => void
  onChooseAll: () => void
}

/** The jobs as rows. On a narrow screen a second line under the name holds what has no column there. */
export function JobsTable(props: TableProps) {
  const { near, watch } = createNearRows(() => props.rows.length)
  return (
    <table class={styles.table} data-read-only={maySubmit() ? undefined : ''}>
      <thead>
        <tr>
          <Show when={maySubmit()}>
            <th class={styles.box}>
              <AllBox {...props} />
            </th>
          </Show>
          <Show when={narrow()} fallback={<WideHead {...props} />}>
            <SortableHead by="NAME" {...props} />
            <SortableHead by="STARTED" class="number" {...props} />
          </Show>
        </tr>
      </thead>
      <tbody ref={watch}>
        <For each={props.rows}>
          {(job, index) => {
            const isNear = createMemo(() => near().first <= index() && index() < near().end)
            const shown = createMemo(() => (isNear() ? job() : slowly(job)))
            return (
              <ClockProvider value={createMemo(() => (isNear() ? now() : slowNow()))}>
                <Row job={shown()} {...props} />
              </ClockProvider>
            )
          }}
        </For>
      </tbody>
    </table>
  )
}

/** What is out of sight, yet may be searched or read aloud, is right every few seconds. */
function slowly<Value>(value: Accessor<Value>): Value {
  slowNow()
  return untrack(value)
}

function AllBox(props: Pick<TableProps, 'all' | 'some' | 'onChooseAll'>) {
  let box: HTMLInputElement | undefined
  createEffect(() => {
    if (box) box.indeterminate = props.some && !props.all
  })
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label={tableWords.chooseAll}
      checked={props.all}
      onChange={() => props.onChooseAll()}
    />
  )
}

function Row(props: TableProps & { job: ListedJob }) {
  return (
    <tr class={styles.row} data-job={props.job.id} data-chosen={props.isChosen(props.job.id) ? '' : undefined}>
      <Show when={maySubmit()}>
        <td class={styles.box}>
          <input
            type="checkbox"
            aria-label={tableWords.choose(props.job.name)}
            checked={props.isChosen(props.job.id)}
            onClick={(event) => props.onChoose(props.job, event.shiftKey)}
          />
        </td>
      </Show>
      <Show when={narrow()} fallback={<WideCells job={props.job} />}>
        <NarrowCells job={props.job} />
      </Show>
    </tr>
  )
}

type Orders = Pick<TableProps, 'order' | 'onOrder'>

function WideHead(props: Orders) {
  return (
    <>
      <th>{tableWords.columns.state}</th>
      <SortableHead by="NAME" {...props} />
      <th>{tableWords.columns.gpus}</th>
      <th>{tableWords.columns.who}</th>
      <SortableHead by="CREATED" {...props} />
      <SortableHead by="STARTED" class="number" {...props} />
      <th class="number">{tableWords.columns.gpuSeconds}</th>
      <th>{tableWords.columns.reason}</th>
    </>
  )
}

/** A column's head that orders the list by it, and the other way round when it does already. */
function SortableHead(props: Orders & { by: JobOrderField; class?: string | undefined }): JSX.Element {
  const on = () => props.order.by === props.by
  const ascending = () => props.order.direction === 'ASCENDING'
  const first = () => (props.by === 'NAME' ? 'ASCENDING' : 'DESCENDING')
  const next = () => (on() ? (ascending() ? 'DESCENDING' : 'ASCENDING') : first())
  const said = () => tableWords.orders[props.by][next() === 'ASCENDING' ? 'up' : 'down']
  return (
    <th class={props.class} aria-sort={on() ? (ascending() ? 'ascending' : 'descending') : undefined}>
      <button
        type="button"
        class={styles.sort}
        data-right={props.by === 'STARTED' ? '' : undefined}
        title={said()}
        onClick={() => props.onOrder({ by: props.by, direction: next() })}
      >
        {tableWords.orders[props.by].column}
        <span class={styles.arrow} data-on={on() ? '' : undefined} aria-hidden="true">
          {on() && ascending() ? '↑' : '↓'}
        </span>
      </button>
    </th>
  )
}

function WideCells(props: { job: ListedJob }) {
  return (
    <>
      <td>
        <JobStateLabel state={props.job.state} cancelRequested={props.job.cancelRequested} />
      </td>
      <td class={styles.name}>
        <JobLink job={props.job} />
        <span class={styles.command}>{props.job.commandLine}</span>
      </td>
      <td class={styles.cut}>
        <Gpus job={props.job} />
      </td>
      <td>
        <span class={styles.line}>{props.job.submittedBy}</span>
        <span class={styles.second}>{props.job.account}</span>
      </td>
      <td>
        <span class={styles.line}>
          <Ago inRow at={props.job.createdAt} />
        </span>
        <span class={styles.second}>
          <Waited job={props.job} />
        </span>
      </td>
      <td class="number">
        <JobDuration job={props.job} />
      </td>
      <td class="number">
        <GpuSeconds usage={props.job.usage} rate={props.job.state === 'RUNNING' ? props.job.gpus.count : 0} />
      </td>
      <td>
        <Reason job={props.job} />
      </td>
    </>
  )
}

function NarrowCells(props: { job: ListedJob }) {
  return (
    <>
      <td class={styles.name}>
        <JobLink job={props.job} />
        <span class={styles.command}>{props.job.commandLine}</span>
        <span class={styles.more}>
          <JobStateLabel state={props.job.state} cancelRequested={props.job.cancelRequested} />
          <span class={styles.cut}>
            <Ago inRow at={props.job.createdAt} /> · <GpuCount job={props.job} />
          </span>
        </span>
      </td>
      <td class="number">
        <JobDuration job={props.job} />
      </td>
    </>
  )
}

function JobLink(props: { job: ListedJob }) {
  return (
    <A href={`/jobs/${props.job.id}`} class={styles.link}>
      {props.job.name}
    </A>
  )
}
