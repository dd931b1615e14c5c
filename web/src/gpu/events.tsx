import { For, Show } from 'solid-js'
import type { GpuDetailsFragment } from '../generated/documents.ts'
import { Ago } from '../shared/time.tsx'
import styles from './events.module.css'
import { words } from './words.ts'

/** What happened to a GPU, the newest first. */
export function Events(props: { events: GpuDetailsFragment['events'] }) {
  return (
    <section class="panel" aria-labelledby="events">
      <h2 id="events" class="panel-title">
        {words.events.title}
      </h2>
      <Show when={props.events.length > 0} fallback={<p class="muted panel-none">{words.events.none}</p>}>
        <ul class={styles.list}>
          <For each={props.events}>
            {(event) => (
              <li class={styles.event}>
                <span class={styles.type}>{sayType(event.type)}</span>
                <span class={`muted ${styles.when}`}>
                  <Ago at={event.at} />
                </span>
                <Show when={event.reason}>{(reason) => <p class="muted">{reason()}</p>}</Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

/** `gpu.health-changed` is `Health changed`. */
function sayType(type: string): string {
  const text = type.replace(/^gpu\./, '').replaceAll(/[._-]/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
