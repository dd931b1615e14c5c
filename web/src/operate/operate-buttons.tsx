import { createSignal, For, lazy, Show, Suspense } from 'solid-js'
import { useGraph } from '../shared/graph.ts'
import { type Action, actionsFor, type Target } from './actions.ts'
import styles from './operate.module.css'
import { perform } from './perform.ts'
import { words } from './words.ts'

const OperateDialog = lazy(() => import('./operate-dialog.tsx'))

/** Takes a GPU or a worker out of service or back, each after a dialog. The page shows it at once. */
export function OperateButtons(props: { target: Target }) {
  const { client } = useGraph()
  const [asked, setAsked] = createSignal<Action>()
  const [problem, setProblem] = createSignal<string>()

  const act = async (action: Action, reason: string) => {
    setAsked(undefined)
    setProblem(undefined)
    setProblem(await perform(client, action, props.target, reason))
  }
  return (
    <div class={styles.buttons}>
      <For each={actionsFor(props.target)}>
        {(action) => (
          <button
            type="button"
            class="button"
            aria-label={words.label(action, props.target.name)}
            onClick={() => setAsked(action)}
          >
            {words.actions[action]}
          </button>
        )}
      </For>
      <Show when={problem()}>
        <p class={`notice bad ${styles.problem}`} role="alert">
          {problem()}
        </p>
      </Show>
      <Show when={asked()}>
        {(action) => (
          <Suspense>
            <OperateDialog
              action={action()}
              target={props.target}
              onClose={() => setAsked(undefined)}
              onAct={(reason) => void act(action(), reason)}
            />
          </Suspense>
        )}
      </Show>
    </div>
  )
}
