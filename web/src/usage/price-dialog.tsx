import { createSignal } from 'solid-js'
import { SavePriceDocument } from '../generated/documents.ts'
import { Field } from '../shared/field.tsx'
import { useGraph } from '../shared/graph.ts'
import { ModalDialog, ModalFoot } from '../shared/modal-dialog.tsx'
import { sayError } from '../shared/say-error.ts'
import styles from './price-dialog.module.css'
import { readPrice } from './price-input.ts'
import { problemsOf } from './problems.ts'
import { words } from './words.ts'

/** Asks for a price. What is wrong with it is said at its field. */
export default function PriceDialog(props: { currency: string | undefined; onClose: () => void; onSaved: () => void }) {
  const { client } = useGraph()
  const [problems, setProblems] = createSignal<Readonly<Record<string, string>>>({})
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const read = readPrice(Object.fromEntries(new FormData(event.currentTarget)))
    if ('problems' in read) return setProblems(read.problems)
    const { error } = await client.mutation(SavePriceDocument, { input: read.input }).toPromise()
    if (!error) return props.onSaved()
    const told = problemsOf(error)
    setProblems(Object.keys(told).length > 0 ? told : { '': sayError(error) })
  }
  const field = (name: string, label: string, given: Readonly<Record<string, string>>, hint?: string) => (
    <Field
      label={label}
      hint={hint}
      problem={problems()[name]}
      control={(control) => <input {...control} {...given} name={name} autocomplete="off" required />}
    />
  )
  return (
    <ModalDialog title={words.prices.set} narrow onClose={() => props.onClose()}>
      <form noValidate onSubmit={submit}>
        <div class={styles.body}>
          {field('model', words.prices.model, { value: '*', maxlength: '200' }, words.prices.modelHint)}
          <div class={styles.pair}>
            {field('perGpuHour', words.prices.perHour, { inputmode: 'decimal', placeholder: '2.50' })}
            {field('currency', words.prices.currency, { value: props.currency ?? 'EUR', maxlength: '3' })}
          </div>
          {field(
            'validFrom',
            words.prices.validFrom,
            { type: 'datetime-local', step: '3600', value: thisHour() },
            words.prices.validFromHint,
          )}
          <p class="problem" aria-live="polite">
            {problems()['']}
          </p>
        </div>
        <ModalFoot cancel={words.prices.cancel}>
          <button type="submit" class="button primary">
            {words.prices.save}
          </button>
        </ModalFoot>
      </form>
    </ModalDialog>
  )
}

/** The present hour as the field has it, by the reader's clock. */
function thisHour(): string {
  const now = new Date()
  now.setMinutes(0, 0, 0)
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
