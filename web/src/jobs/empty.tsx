import { Show } from 'solid-js'
import { useSubmit } from '../shared/submit-context.ts'
import styles from './empty.module.css'
import { emptyWords as words } from './empty-words.ts'

/** What a list without jobs has to say: how to submit one, or how to see the others. */
export default function Empty(props: { filtered: boolean; onClear: () => void }) {
  const submit = useSubmit()
  return (
    <div class={styles.empty}>
      <Show
        when={!props.filtered}
        fallback={
          <>
            <h2>{words.noneMatch.title}</h2>
            <p class="muted">{words.noneMatch.text}</p>
            <button type="button" class="button" onClick={() => props.onClear()}>
              {words.noneMatch.clear}
            </button>
          </>
        }
      >
        <h2>{words.empty.title}</h2>
        <p class="muted">{words.empty.text}</p>
        <button type="button" class="button primary" onClick={() => submit()}>
          {words.empty.button}
        </button>
        <p class="muted">{words.empty.or}</p>
        <pre class={styles.command}>{exampleRequest(location.origin)}</pre>
      </Show>
    </div>
  )
}

function exampleRequest(origin: string): string {
  return [
    `curl ${origin}/jobs \\`,
    `  -H "authorization: Bearer $TOKEN" \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{"name": "hello", "params": {"command": ["echo", "hello"], "gpus": 1}}'`,
  ].join('\n')
}
