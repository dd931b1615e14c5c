import { createSignal } from 'solid-js'
import { RevokeApiTokenDocument, type TokenFragment } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { ModalDialog, ModalFoot } from '../shared/modal-dialog.tsx'
import { sayError } from '../shared/say-error.ts'
import styles from './tokens.module.css'
import { words } from './words.ts'

/** Asks once more, as it cannot be undone. */
export default function RevokeToken(props: { token: TokenFragment; onClose: () => void }) {
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
