import { For, Show } from 'solid-js'
import type { JobDetailsFragment } from '../generated/documents.ts'
import { Ago } from '../shared/time.tsx'
import styles from './events.module.css'
import type { JobHistory } from './job-history.ts'
import { sayEvents } from './say-event.ts'
import { words } from './words.ts'

/** What happened to a job, newest first. */
export function Events(props: { job: JobDetailsFragment; history: JobHistory | undefined }) {
  return (
    <section class={`panel ${styles.events}`} aria-labelledby="events">
      <h2 id="events">{words.history.title}</h2>
      <ol class={styles.list}>
        <For each={sayEvents(props.history?.events ?? [], props.job)}>
          {(event) => (
            <li class={styles.event} data-tone={event.tone}>
              <span>
                {event.what} <span class="muted">{event.by}</span>
              </span>
              <Ago at={event.at} />
              <Show when={event.reason}>{(reason) => <p class={styles.reason}>{reason()}</p>}</Show>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}
