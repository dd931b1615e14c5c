import { createSignal, lazy, Show, Suspense } from 'solid-js'
import styles from './bulk-bar.module.css'
import type { BulkAction } from './bulk-dialog.tsx'
import { bulkWords } from './bulk-words.ts'

const BulkDialog = lazy(() => import('./bulk-dialog.tsx'))

/** What can be done to the chosen jobs. It stands at the foot of the window while some are chosen. */
export default function BulkBar(props: {
  chosen: ReadonlyMap<string, string>
  /** How many match, where not all of them are chosen and that could be. */
  matching: number | undefined
  busy: boolean
  problem: string | undefined
  onChooseMatching: () => void
  onClear: () => void
  onMade: (ids: readonly string[]) => void
}) {
  const [action, setAction] = createSignal<BulkAction>()
  const words = bulkWords
  return (
    <section class={styles.bar} aria-label={words.label}>
      <p class={styles.count} role="status">
        {props.busy ? words.choosing : words.chosen(props.chosen.size)}
        <Show when={props.problem}>{(problem) => <span class={styles.problem}>{problem()}</span>}</Show>
      </p>
      <Show when={props.matching !== undefined && !props.busy}>
        <button type="button" class="button quiet" onClick={() => props.onChooseMatching()}>
          {words.all(props.matching ?? 0)}
        </button>
      </Show>
      <span class={styles.gap} />
      <button type="button" class="button" disabled={props.busy} onClick={() => setAction('rerun')}>
        {words.rerun}
      </button>
      <button type="button" class="button danger" disabled={props.busy} onClick={() => setAction('cancel')}>
        {words.cancel}
      </button>
      <button type="button" class="button quiet" onClick={() => props.onClear()}>
        {words.clear}
      </button>
      <Show when={action()} keyed>
        {(chosen) => (
          <Suspense>
            <BulkDialog
              action={chosen}
              jobs={props.chosen}
              onMade={props.onMade}
              onClose={(done) => {
                setAction(undefined)
                if (done) props.onClear()
              }}
            />
          </Suspense>
        )}
      </Show>
    </section>
  )
}
