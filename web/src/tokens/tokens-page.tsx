import { createSignal, lazy, Show, Suspense } from 'solid-js'
import { ApiTokensDocument, RevokeApiTokenDocument, type TokenFragment } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery } from '../shared/live.ts'
import { ModalDialog, ModalFoot } from '../shared/modal-dialog.tsx'
import { sayError } from '../shared/say-error.ts'
import { setTitle } from '../shared/title.ts'
import { TokenTable } from './token-table.tsx'
import styles from './tokens.module.css'
import { words } from './words.ts'

const CreateToken = lazy(() => import('./create-token.tsx'))

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
      <TokenTable tokens={list.data()?.apiTokens ?? undefined} onRevoke={setEnding} />
      <Show when={creating()}>
        <Suspense>
          <CreateToken onClose={() => setCreating(false)} />
        </Suspense>
      </Show>
      <Show when={ending()} keyed>
        {(token) => <RevokeToken token={token} onClose={() => setEnding(undefined)} />}
      </Show>
    </>
  )
}

/** Asks once more, as it cannot be undone. */
function RevokeToken(props: { token: TokenFragment; onClose: () => void }) {
  const { client } = useGraph()
  const [failed, setFailed] = createSignal('')
  let button: HTMLButtonElement | undefined
  const revoke = async () => {
    const { error } = await client.mutation(RevokeApiTokenDocument, { id: props.token.id }).toPromise()
    if (error) setFailed(sayError(error))
    else props.onClose()
  }
  return (
    <ModalDialog
      title={words.revokeNamed(props.token.name)}
      narrow
      focus={() => button}
      onClose={() => props.onClose()}
    >
      <div class={styles.body}>
        <p>{words.sure(props.token.name)}</p>
        <p class="problem" aria-live="polite">
          {failed()}
        </p>
      </div>
      <ModalFoot cancel={words.cancel}>
        <button ref={button} type="button" class="button danger" onClick={revoke}>
          {words.revoke}
        </button>
      </ModalFoot>
    </ModalDialog>
  )
}
