import { A, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, lazy, Show, Suspense } from 'solid-js'
import type { AttemptFragment, JobDetailsFragment } from '../generated/documents.ts'
import { JobStateLabel } from '../jobs/state-label.tsx'
import { words as jobsWords } from '../jobs/words.ts'
import { LogView } from '../log/log-view.tsx'
import { inOwnTask } from '../shared/in-turn.ts'
import { Later } from '../shared/later.tsx'
import { sayError } from '../shared/say-error.ts'
import { sayReason } from '../shared/say-reason.ts'
import { useSearchParam } from '../shared/search.ts'
import { Ago, Duration } from '../shared/time.tsx'
import { setTitle } from '../shared/title.ts'
import { Asked } from './asked.tsx'
import { Events } from './events.tsx'
import { Facts } from './facts.tsx'
import { IdleNotice } from './idle-notice.tsx'
import { JobActions } from './job-actions.tsx'
import { createJobHistory } from './job-history.ts'
import styles from './job-page.module.css'
import { createLiveJob } from './live-job.ts'
import { Related } from './related.tsx'
import { Timeline } from './timeline.tsx'
import { Waiting } from './waiting.tsx'
import { words } from './words.ts'

// The charts weigh more than the rest of the page: only a job with GPUs loads them.
const RunCharts = lazy(() => import('../charts/run-charts.tsx').then(inOwnTask))

/** One job: what became of it, its attempts with their logs, and what was asked for. */
export default function JobPage() {
  const params = useParams<{ id: string }>()
  const { job, error } = createLiveJob(() => params.id)
  setTitle(() => job()?.name ?? jobsWords.title)
  return (
    <>
      <Show when={error()}>
        {(fault) => (
          <p class={`notice bad ${styles.error}`} role="alert">
            {sayError(fault())}
          </p>
        )}
      </Show>
      <Show when={job()} fallback={<NoJob missing={job() === null} failed={error() !== undefined} />}>
        {(shown) => <Job job={shown()} />}
      </Show>
    </>
  )
}

function NoJob(props: { missing: boolean; failed: boolean }) {
  return (
    <Show when={props.missing} fallback={<p class={styles.loading}>{props.failed ? '' : words.loading}</p>}>
      <div class={styles.missing}>
        <h1>{words.missing}</h1>
        <p class="muted">{words.missingText}</p>
        <A href="/jobs" class="button">
          {jobsWords.title}
        </A>
      </div>
    </Show>
  )
}

function Job(props: { job: JobDetailsFragment }) {
  const [, setSearch] = useSearchParams()
  const { history, answered } = createJobHistory(() => props.job)
  const attempt = useSearchParam('attempt')
  const last = () => props.job.runs.at(-1)
  const shownAttempt = createMemo(() => {
    const asked = Number(attempt())
    return props.job.runs.find((run) => run.attempt === asked) ?? last()
  })
  const idleSince = () => (last()?.finishedAt === null ? last()?.idleSince : undefined)
  const reason = () => (idleSince() ? undefined : ownReason(props.job))

  return (
    <article class={styles.page}>
      <nav class={styles.trail} aria-label={words.trail}>
        <A href="/jobs">{jobsWords.title}</A>
      </nav>
      <header class={styles.head}>
        <h1 class={styles.name}>{props.job.name}</h1>
        <p class={styles.state}>
          <JobStateLabel state={props.job.state} cancelRequested={props.job.cancelRequested} />
          <span class="muted">
            <Show when={props.job.finishedAt} fallback={<Duration from={inStateSince(props.job)} to={null} />}>
              {(finishedAt) => <Ago at={finishedAt()} />}
            </Show>
          </span>
        </p>
        <JobActions job={props.job} />
      </header>
      <Show when={props.job.queue}>{(queue) => <Waiting queue={queue()} />}</Show>
      <Show when={reason()}>
        {(said) => (
          <p class="notice" title={said()} classList={{ bad: props.job.state === 'FAILED' }}>
            {sayReason(said())}
          </p>
        )}
      </Show>
      <Show when={idleSince()}>{(since) => <IdleNotice job={props.job} since={since()} />}</Show>
      <Facts job={props.job} />
      <Later>
        <Timeline
          job={props.job}
          shown={shownAttempt()?.id}
          onShow={(chosen) =>
            setSearch({ attempt: chosen === last()?.attempt ? undefined : chosen }, { replace: true })
          }
        />
        <div class={styles.body} data-alone={shownAttempt() ? undefined : ''}>
          <div class={styles.main}>
            <Show when={withGpus(shownAttempt())}>
              {(run) => (
                <Suspense fallback={<section class={`panel ${styles.charts}`} />}>
                  <RunCharts run={run()} />
                </Suspense>
              )}
            </Show>
            <Show when={shownAttempt()?.id} keyed>
              {(runId) => (
                <Later>
                  <LogView jobId={props.job.id} runId={runId} attempt={shownAttempt()?.attempt ?? 1} />
                </Later>
              )}
            </Show>
          </div>
          <aside class={styles.main}>
            {/* What belongs above the rest comes a moment after it: until then there is none of it to move. */}
            <Show when={answered()}>
              <Later>
                <Related job={props.job} history={history()} />
                <Events job={props.job} history={history()} />
                <Asked job={props.job} />
              </Later>
            </Show>
          </aside>
        </div>
      </Later>
    </article>
  )
}

/** Since when it runs or waits. */
function inStateSince({ startedAt, createdAt }: JobDetailsFragment): string {
  return startedAt ?? createdAt
}

/** The run, once its GPUs are its own. */
function withGpus(run: AttemptFragment | undefined): AttemptFragment | undefined {
  return run?.gpus?.length ? run : undefined
}

/** Unless the last attempt says the same, right below, or the line on its waiting does. */
function ownReason({ reason, runs, queue }: JobDetailsFragment): string | null {
  return reason === runs.at(-1)?.reason || reason === queue?.message ? null : reason
}
