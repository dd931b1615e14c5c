import { useNavigate } from '@solidjs/router'
import { createSignal, lazy, onCleanup, Show, Suspense } from 'solid-js'
import { CancelJobDocument, type JobDetailsFragment, RerunJobDocument } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { newKey } from '../shared/random.ts'
import { maySubmit } from '../shared/roles.ts'
import { sayError } from '../shared/say-error.ts'
import { useSubmit } from '../shared/submit-context.ts'
import styles from './job-actions.module.css'
import { words } from './words.ts'

const CopyDialog = lazy(() => import('./copy-dialog.tsx'))

/** What can be done with a job. What is refused is said below. */
export function JobActions(props: { job: JobDetailsFragment }) {
  const { client } = useGraph()
  const openForm = useSubmit()
  const navigate = useNavigate()
  const [problem, setProblem] = createSignal<string>()
  const [rerunning, setRerunning] = createSignal(false)
  const [copying, setCopying] = createSignal(false)
  const isOpen = () => props.job.state === 'QUEUED' || props.job.state === 'RUNNING'

  /** The page shows it at once; the server's word then counts. */
  const cancel = async () => {
    setProblem(undefined)
    const { data, error } = await client.mutation(CancelJobDocument, { id: props.job.id }).toPromise()
    const said = error ? sayError(error) : data?.cancelJob.problems.map((each) => each.message).join(' ')
    if (said) setProblem(`${words.actions.cancelFailed} ${said}`)
  }
  let isShown = true
  onCleanup(() => {
    isShown = false
  })
  // Pressed again after no answer came, it is the same rerun.
  const key = newKey()
  const rerun = async () => {
    if (rerunning()) return
    setProblem(undefined)
    setRerunning(true)
    const { data, error } = await client.mutation(RerunJobDocument, { id: props.job.id, key }).toPromise()
    setRerunning(false)
    // Who has gone elsewhere meanwhile stays there.
    if (!isShown) return
    const made = data?.rerunJobs.job
    if (made) return navigate(`/jobs/${made.id}`)
    const said = error ? sayError(error) : data?.rerunJobs.problems.map((each) => each.message).join(' ')
    setProblem(`${words.actions.rerunFailed} ${said ?? ''}`)
  }
  const edit = async () => {
    const { inputOfJob } = await import('./input-of-job.ts')
    openForm({ input: inputOfJob(props.job, Date.now()), from: props.job.name })
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row by every browser
    <div class={styles.actions} role="group" aria-label={words.actions.label}>
      <Show when={maySubmit() && isOpen()}>
        <button type="button" class="button danger" disabled={props.job.cancelRequested} onClick={() => void cancel()}>
          {words.actions.cancel}
        </button>
      </Show>
      <Show when={maySubmit()}>
        <Show when={!isOpen()}>
          <button type="button" class="button" disabled={rerunning()} onClick={() => void rerun()}>
            {rerunning() ? words.actions.rerunning : words.actions.rerun}
          </button>
        </Show>
        <button type="button" class="button" onClick={() => void edit()}>
          {words.actions.edit}
        </button>
      </Show>
      <button type="button" class="button" onClick={() => setCopying(true)}>
        {words.actions.copyAs}
      </button>
      <Show when={problem()}>
        <p class={`notice bad ${styles.problem}`} role="alert">
          {problem()}
        </p>
      </Show>
      <Show when={copying()}>
        <Suspense>
          <CopyDialog job={props.job} onClose={() => setCopying(false)} />
        </Suspense>
      </Show>
    </div>
  )
}
