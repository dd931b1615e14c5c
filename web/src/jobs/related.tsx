import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { JobDetailsFragment, RelatedFragment } from '../generated/documents.ts'
import styles from './related.module.css'
import { JobStateLabel } from './state-label.tsx'
import { words } from './words.ts'

/** The jobs that this one waits for, and the array that it is part of; nothing where there is neither. */
export function Related(props: { job: JobDetailsFragment }) {
  const isAlone = () => !props.job.array && props.job.dependsOn.length === 0 && props.job.after.length === 0
  return (
    <Show when={!isAlone()}>
      <section class={`panel ${styles.related}`} aria-label={words.job.related}>
        <Show when={props.job.array}>
          {(place) => (
            <div>
              <h2>{words.job.array}</h2>
              <p class={styles.array}>
                <span>{words.job.arrayPlace(place().index, place().size)}</span>
                <A href={`/jobs?array=${place().id}`}>{words.job.arrayAll}</A>
              </p>
            </div>
          )}
        </Show>
        <Jobs title={words.job.dependsOn} jobs={props.job.dependsOn} />
        <Jobs title={words.job.after} jobs={props.job.after} />
      </section>
    </Show>
  )
}

function Jobs(props: { title: string; jobs: readonly RelatedFragment[] }) {
  return (
    <Show when={props.jobs.length > 0}>
      <div>
        <h2>{props.title}</h2>
        <ul class={styles.jobs}>
          <For each={props.jobs}>
            {(job) => (
              <li>
                <A href={`/jobs/${job.id}`} title={job.name}>
                  {job.name}
                </A>
                <JobStateLabel state={job.state} cancelRequested={job.cancelRequested} />
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  )
}
