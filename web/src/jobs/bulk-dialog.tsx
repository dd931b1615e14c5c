import { createSignal, For, Match, Show, Switch, untrack } from 'solid-js'
import { CancelJobsDocument, RerunJobsDocument } from '../generated/documents.ts'
import { type Graph, useGraph } from '../shared/graph.ts'
import { ModalDialog, ModalFoot } from '../shared/modal-dialog.tsx'
import { newKey } from '../shared/random.ts'
import { sayError } from '../shared/say-error.ts'
import { type BatchResult, byId, inBatches, NONE_TRIED, withoutRefused } from './bulk.ts'
import styles from './bulk-bar.module.css'
import { bulkWords } from './bulk-words.ts'

export type BulkAction = 'cancel' | 'rerun'

/** More refused jobs than this are counted and not listed. */
const MOST_LISTED = 100

const SAYINGS = {
  cancel: { title: 'cancelTitle', text: 'cancelText', act: 'cancelDo', done: 'cancelled', back: 'back' },
  rerun: { title: 'rerunTitle', text: 'rerunText', act: 'rerunDo', done: 'rerunDone', back: 'backRerun' },
} as const

/** Asks whether it is meant, does it, and tells how far it is and what could not be done. */
export default function BulkDialog(props: {
  action: BulkAction
  jobs: ReadonlyMap<string, string>
  /** New jobs came of it. */
  onMade: (ids: readonly string[]) => void
  /** `done` is true where something was done. */
  onClose: (done: boolean) => void
}) {
  const graph = useGraph()
  // What is chosen when it begins: what comes to be chosen meanwhile is not meant.
  const jobs = untrack(() => new Map(props.jobs))
  const words = bulkWords
  const says = () => SAYINGS[props.action]
  const [step, setStep] = createSignal<'ask' | 'work' | 'done'>('ask')
  const [outcome, setOutcome] = createSignal(NONE_TRIED)
  const [fault, setFault] = createSignal<string>()
  let stopped = false

  const work = async () => {
    setStep('work')
    const perform = untrack(() => (props.action === 'cancel' ? cancelBatch(graph) : rerunBatch(graph, props.onMade)))
    try {
      await inBatches([...jobs.keys()], perform, setOutcome, () => stopped)
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
    setStep('done')
  }
  const close = () => {
    stopped = true
    props.onClose(step() !== 'ask')
  }
  const left = () => jobs.size - outcome().tried

  return (
    <ModalDialog title={words[says().title](jobs.size)} narrow onClose={close}>
      <Switch>
        <Match when={step() === 'ask'}>
          <p class={styles.text}>{words[says().text]}</p>
          <ModalFoot cancel={words[says().back]}>
            <button
              type="button"
              class={`button ${props.action === 'cancel' ? 'danger' : 'primary'}`}
              onClick={() => void work()}
            >
              {words[says().act](jobs.size)}
            </button>
          </ModalFoot>
        </Match>
        <Match when={step() === 'work'}>
          <div class={styles.progress}>
            <progress aria-label={words[says().title](jobs.size)} max={jobs.size} value={outcome().tried} />
            <p class="muted" role="status">
              {words.progress(outcome().tried, jobs.size)}
            </p>
          </div>
          <ModalFoot cancel={words.stop} />
        </Match>
        <Match when={step() === 'done'}>
          <div class={styles.text} role="status">
            <p>{words[says().done](outcome().done)}</p>
            <Show when={left() > 0}>
              <p>{words.stopped(left())}</p>
            </Show>
            <Show when={fault()}>
              {(text) => (
                <p class="notice bad" role="alert">
                  {text()}
                </p>
              )}
            </Show>
            <Refused refused={outcome().refused} names={jobs} />
          </div>
          <ModalFoot cancel={words.close} />
        </Match>
      </Switch>
    </ModalDialog>
  )
}

/** The jobs that it could not be done to, each with the reason. */
function Refused(props: { refused: ReadonlyMap<string, string>; names: ReadonlyMap<string, string> }) {
  const words = bulkWords
  return (
    <Show when={props.refused.size > 0}>
      <p>{words.refused(props.refused.size)}</p>
      <ul class={styles.refused}>
        <For each={[...props.refused].slice(0, MOST_LISTED)}>
          {([id, message]) => (
            <li>
              <strong>{props.names.get(id) ?? id}</strong> <span class="muted">{message}</span>
            </li>
          )}
        </For>
        <Show when={props.refused.size > MOST_LISTED}>
          <li class="muted">{words.more(props.refused.size - MOST_LISTED)}</li>
        </Show>
      </ul>
    </Show>
  )
}

type Perform = (ids: readonly string[]) => Promise<BatchResult>

/** @throws Error where the server does not answer */
function cancelBatch({ client }: Graph): Perform {
  return async (ids) => {
    const { data, error } = await client.mutation(CancelJobsDocument, { ids: [...ids] }).toPromise()
    if (!data) throw new Error(error ? sayError(error) : '')
    return { problems: byId(ids, data.cancelJobs.problems) }
  }
}

/** All of a batch or none are submitted: those that cannot be are left out. @throws Error likewise */
function rerunBatch({ client }: Graph, onMade: (ids: readonly string[]) => void): Perform {
  const submit: Perform = async (ids) => {
    const variables = { ids: [...ids], key: newKey() }
    const { data, error } = await client.mutation(RerunJobsDocument, variables).toPromise()
    if (!data) throw new Error(error ? sayError(error) : '')
    onMade(data.rerunJobs.jobs.map(({ id }) => id))
    return { problems: byId(ids, data.rerunJobs.problems) }
  }
  return (ids) => withoutRefused(ids, submit)
}
