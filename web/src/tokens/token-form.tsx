import { createSignal, For } from 'solid-js'
import { CreateApiTokenDocument, type Scope } from '../generated/documents.ts'
import { Field } from '../shared/field.tsx'
import { useGraph } from '../shared/graph.ts'
import { ModalFoot } from '../shared/modal-dialog.tsx'
import { mayOperate } from '../shared/roles.ts'
import { sayError } from '../shared/say-error.ts'
import styles from './tokens.module.css'
import { words } from './words.ts'

const DAY_MS = 86_400_000
const DAYS = [7, 30, 90, 365]
const USUAL_DAYS = 90

/** What a new token may do, and for how long. `onMade` is given the token itself. */
export function TokenForm(props: { onMade: (secret: string) => void }) {
  const { client } = useGraph()
  const [name, setName] = createSignal('')
  const [scopes, setScopes] = createSignal<readonly Scope[]>(['READ', 'SUBMIT'])
  const [days, setDays] = createSignal(USUAL_DAYS)
  const [problems, setProblems] = createSignal<readonly { path: string; message: string }[]>([])
  const problemOf = (field: string) => problems().find(({ path }) => path === field)?.message

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const expiresAt = new Date(Date.now() + days() * DAY_MS).toISOString()
    const input = { name: name(), scopes: [...scopes()], expiresAt }
    const { data, error } = await client.mutation(CreateApiTokenDocument, { input }).toPromise()
    setProblems(error ? [{ path: '', message: sayError(error) }] : (data?.createApiToken.problems ?? []))
    const secret = data?.createApiToken.secret
    if (secret) props.onMade(secret)
  }
  return (
    <form noValidate onSubmit={submit}>
      <div class={styles.body}>
        <Field
          label={words.form.name}
          hint={words.form.nameHint}
          problem={problemOf('name')}
          control={(control) => (
            <input
              {...control}
              maxlength={200}
              autocomplete="off"
              value={name()}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        />
        <Scopes chosen={scopes()} problem={problemOf('scopes')} onChoose={setScopes} />
        <Field
          label={words.form.days}
          problem={problemOf('expiresAt')}
          control={(control) => (
            <select {...control} onChange={(event) => setDays(Number(event.currentTarget.value))}>
              {/* What is spread into a select is set before there are options to choose from. */}
              <For each={DAYS}>
                {(each) => (
                  <option value={each} selected={each === days()}>
                    {words.form.inDays(each)}
                  </option>
                )}
              </For>
            </select>
          )}
        />
        <p class="problem" aria-live="polite">
          {problemOf('')}
        </p>
      </div>
      <ModalFoot cancel={words.cancel}>
        <button type="submit" class="button primary">
          {words.create}
        </button>
      </ModalFoot>
    </form>
  )
}

function Scopes(props: {
  chosen: readonly Scope[]
  problem: string | undefined
  onChoose: (scopes: readonly Scope[]) => void
}) {
  const offered = (): Scope[] => (mayOperate() ? ['READ', 'SUBMIT', 'OPERATE'] : ['READ', 'SUBMIT'])
  const turn = (scope: Scope, on: boolean) =>
    props.onChoose(on ? [...props.chosen, scope] : props.chosen.filter((each) => each !== scope))
  return (
    <fieldset class={styles.scopes}>
      <legend>{words.form.scopes}</legend>
      <For each={offered()}>
        {(scope) => (
          <label>
            <input
              type="checkbox"
              checked={props.chosen.includes(scope)}
              onChange={(event) => turn(scope, event.currentTarget.checked)}
            />
            {words.scopes[scope]}
          </label>
        )}
      </For>
      <p class="problem" aria-live="polite">
        {props.problem}
      </p>
    </fieldset>
  )
}
