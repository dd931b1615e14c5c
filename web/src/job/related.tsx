import { A } from '@solidjs/router'
import { For, lazy, Show, Suspense } from 'solid-js'
import type { JobDetailsFragment, RelatedFragment } from '../generated/documents.ts'
import { JobStateLabel } from '../jobs/state-label.tsx'
import type { JobHistory } from './job-history.ts'
import styles from './related.module.css'
import { words } from './words.ts'

// Few jobs are part of one.
const ArrayMap = lazy(() => import('./array-map.tsx'))

/** The jobs before and after this one, and the array that it is part of; nothing where there are none. */
export function Related(props: { job: JobDetailsFragment; history: JobHistory | undefined }) {
  const dependents = () => props.history?.dependents ?? []
  const isLinked = () => props.job.dependsOn.length + props.job.after.length + dependents().length > 0
  return (
    <Show when={props.job.array !== null || isLinked()}>
      <section class={`panel ${styles.related}`} aria-label={words.related.title}>
        <Show when={props.job.array}>
          {(place) => (
            <Suspense fallback={<div class={styles.array} />}>
              <ArrayMap place={place()} />
            </Suspense>
          )}
        </Show>
        <Show when={isLinked()}>
          <div class={styles.chain}>
            <Jobs title={words.related.dependsOn} jobs={props.job.dependsOn} />
            <Jobs title={words.related.after} jobs={props.job.after} />
            <div class={styles.group} data-here="">
              <p class={styles.here}>{words.related.here}</p>
            </div>
            <Jobs title={words.related.dependents} jobs={dependents()} />
          </div>
        </Show>
      </section>
    </Show>
  )
}

function Jobs(props: { title: string; jobs: readonly RelatedFragment[] }) {
  return (
    <Show when={props.jobs.length > 0}>
      <div class={styles.group}>
        <h3>{props.title}</h3>
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
