import { createSignal } from 'solid-js'
import { SaveBudgetDocument } from '../generated/documents.ts'
import { Field } from '../shared/field.tsx'
import { useGraph } from '../shared/graph.ts'
import { ModalDialog, ModalFoot } from '../shared/modal-dialog.tsx'
import { sayError } from '../shared/say-error.ts'
import { readBudget } from './budget-input.ts'
import styles from './price-dialog.module.css'
import { problemsOf } from './problems.ts'
import { words } from './words.ts'

/** Asks for a budget. What is wrong with it is said at its field. */
export default function BudgetDialog(props: {
  account: string | undefined
  /** What usage is priced in; undefined where nothing has a price, so that GPU-hours alone can be counted. */
  currency: string | undefined
  onClose: () => void
  onSaved: () => void
}) {
  const { client } = useGraph()
  const [problems, setProblems] = createSignal<Readonly<Record<string, string>>>({})
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const read = readBudget(Object.fromEntries(new FormData(event.currentTarget)))
    if ('problems' in read) return setProblems(read.problems)
    const { error } = await client.mutation(SaveBudgetDocument, { input: read.input }).toPromise()
    if (!error) return props.onSaved()
    const told = problemsOf(error)
    setProblems(Object.keys(told).length > 0 ? told : { '': sayError(error) })
  }
  const field = (name: string, label: string, given: Readonly<Record<string, string>>, hint?: string) => (
    <Field
      label={label}
      hint={hint}
      problem={problems()[name]}
      control={(control) => <input {...control} {...given} name={name} autocomplete="off" />}
    />
  )
  return (
    <ModalDialog title={words.budgets.set} narrow onClose={() => props.onClose()}>
      <form noValidate onSubmit={submit}>
        <div class={styles.body}>
          {field('account', words.budgets.account, { value: props.account ?? '', maxlength: '200' })}
          <div class={styles.pair}>
            {field('amount', words.budgets.amount, { inputmode: 'decimal', placeholder: '1000' })}
            {field(
              'currency',
              words.budgets.unit,
              { value: props.currency ?? '', maxlength: '3' },
              words.budgets.unitHint,
            )}
          </div>
          {field('thresholds', words.budgets.thresholds, { value: '50, 80, 100' })}
          <label class={styles.check}>
            <input type="checkbox" name="stopsNewWork" /> {words.budgets.stops}
          </label>
          <p class="problem" aria-live="polite">
            {problems()['']}
          </p>
        </div>
        <ModalFoot cancel={words.prices.cancel}>
          <button type="submit" class="button primary">
            {words.budgets.save}
          </button>
        </ModalFoot>
      </form>
    </ModalDialog>
  )
}
