import { createSignal, Show } from 'solid-js'
import { CancelJobDocument, type JobDetailsFragment } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { sayError } from '../shared/say-error.ts'
import styles from './cancel-button.module.css'
import { words } from './words.ts'

/** Cancels a job that has not ended. The page shows it at once; the server's word then counts. */
export function CancelButton(props: { job: JobDetailsFragment }) {
  const { client } = useGraph()
  const [problem, setProblem] = createSignal<string>()
  const open = () => props.job.state === 'QUEUED' || props.job.state === 'RUNNING'

  const cancel = async () => {
    setProblem(undefined)
    const { data, error } = await client.mutation(CancelJobDocument, { id: props.job.id }).toPromise()
    const said = error ? sayError(error) : data?.cancelJob.problems.map((each) => each.message).join(' ')
    if (said) setProblem(`${words.cancelFailed} ${said}`)
  }

  return (
    <Show when={open()}>
      <button type="button" class="button danger" disabled={props.job.cancelRequested} onClick={() => void cancel()}>
        {words.cancel}
      </button>
      <Show when={problem()}>
        <p class={`notice bad ${styles.problem}`} role="alert">
          {problem()}
        </p>
      </Show>
    </Show>
  )
}
