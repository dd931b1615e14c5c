import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { FaultFragment } from '../generated/documents.ts'
import { Ago } from '../shared/time.tsx'
import styles from './faults.module.css'
import { words } from './words.ts'

/** What went wrong with a GPU, the newest first: what is still so stands out. */
export function Faults(props: { faults: readonly FaultFragment[] }) {
  return (
    <section class="panel" aria-labelledby="faults">
      <h2 id="faults" class="panel-title">
        {words.faults.title}
      </h2>
      <Show when={props.faults.length > 0} fallback={<p class="muted panel-none">{words.faults.none}</p>}>
        <ul class={styles.list}>
          <For each={props.faults}>{(fault) => <Fault fault={fault} />}</For>
        </ul>
      </Show>
    </section>
  )
}

function Fault(props: { fault: FaultFragment }) {
  const kind = () => {
    const word = words.faults.kinds[props.fault.kind]
    return props.fault.xid === null ? word : `${word} ${props.fault.xid}`
  }
  return (
    <li class={styles.fault} data-open={props.fault.clearedAt === null ? '' : undefined}>
      <p class={styles.line}>
        <span class={styles.kind}>{kind()}</span>
        <span class={styles.standing}>{standing(props.fault)}</span>
        <span class={`muted ${styles.when}`}>
          <Show when={props.fault.count > 1}>{words.faults.count(props.fault.count)}, </Show>
          <Ago at={props.fault.lastAt} />
        </span>
      </p>
      <p>{props.fault.message}</p>
      <Show when={props.fault.run}>
        {(run) => (
          <p class="muted">
            {words.faults.during} <A href={`/jobs/${run().job.id}?attempt=${run().attempt}`}>{run().job.name}</A>
          </p>
        )}
      </Show>
      <Show when={props.fault.severity !== 'NOTE' && props.fault.clearedAt}>
        {(at) => (
          <p class="muted">
            {words.faults.cleared} <Ago at={at()} />
            <Show when={props.fault.clearedBy}>{(by) => <>: {by()}</>}</Show>
          </p>
        )}
      </Show>
    </li>
  )
}

function standing(fault: FaultFragment): string {
  if (fault.clearedAt === null) return words.faults.open
  return fault.severity === 'NOTE' ? words.faults.noted : words.faults.cleared
}
