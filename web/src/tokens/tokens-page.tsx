import { createSignal, lazy, Show, Suspense } from 'solid-js'
import { ApiTokensDocument, type TokenFragment } from '../generated/documents.ts'
import { createLiveQuery } from '../shared/live.ts'
import { sayError } from '../shared/say-error.ts'
import { setTitle } from '../shared/title.ts'
import { TokenTable } from './token-table.tsx'
import styles from './tokens.module.css'
import { words } from './words.ts'

const CreateToken = lazy(() => import('./create-token.tsx'))
const RevokeToken = lazy(() => import('./revoke-token.tsx'))

/** The tokens that somebody has made for scripts. */
export default function TokensPage() {
  setTitle(() => words.title)
  const list = createLiveQuery(ApiTokensDocument, () => ({}))
  const [creating, setCreating] = createSignal(false)
  const [ending, setEnding] = createSignal<TokenFragment>()
  return (
    <>
      <div class={styles.head}>
        <h1>{words.title}</h1>
        <button type="button" class="button primary" onClick={() => setCreating(true)}>
          {words.create}
        </button>
      </div>
      <p class={`muted ${styles.intro}`}>{words.intro}</p>
      <Show when={list.error()}>
        {(error) => (
          <p class="notice bad" role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <Show when={list.data() || !list.error()}>
        <TokenTable tokens={list.data()?.apiTokens ?? undefined} onRevoke={setEnding} />
      </Show>
      <Show when={creating()}>
        <Suspense>
          <CreateToken onClose={() => setCreating(false)} />
        </Suspense>
      </Show>
      <Show when={ending()} keyed>
        {(token) => (
          <Suspense>
            <RevokeToken token={token} onClose={() => setEnding(undefined)} />
          </Suspense>
        )}
      </Show>
    </>
  )
}
