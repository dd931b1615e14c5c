import { createEffect, createSignal, For, type JSX, Show } from 'solid-js'
import { type ControlProps, Field } from '../shared/field.tsx'
import type { JobForm } from './build-input.ts'
import type { FormPart } from './form-part.ts'
import styles from './submit-dialog.module.css'
import { words } from './words.ts'

const TEXT_FIELDS = [
  'account',
  'priority',
  'timeout',
  'maxIdle',
  'retries',
  'directory',
  'dependsOn',
  'startAt',
  'image',
  'memoryLimit',
  'secrets',
  'arrayCount',
] as const

type TextField = (typeof TEXT_FIELDS)[number]

const FIELDS = [...TEXT_FIELDS, 'env', 'preemptible'] as const

/** What most jobs leave as it is. It opens by itself when a problem is inside. */
export function MoreFields(props: FormPart & { accounts: readonly string[] }) {
  const [open, setOpen] = createSignal(false)
  createEffect(() => {
    if (FIELDS.some((field) => props.problem(field) !== undefined)) setOpen(true)
  })
  const text = (
    field: TextField,
    hint: string,
    rest: JSX.InputHTMLAttributes<HTMLInputElement> = {},
    help?: string,
  ) => (
    <Field
      label={words.fields[field]}
      hint={help}
      problem={props.problem(field)}
      control={(control) => (
        <TextInput form={props.form} change={props.change} field={field} hint={hint} control={control} rest={rest} />
      )}
    />
  )
  return (
    <details class={styles.more} open={open()} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.more}</summary>
      <div class={styles.fields}>
        <Field
          label={words.fields.env}
          hint={words.hints.envHelp}
          problem={props.problem('env')}
          control={(control) => (
            <textarea
              {...control}
              class="mono"
              rows="3"
              spellcheck={false}
              value={props.form.env}
              placeholder={words.hints.env}
              onInput={(event) => props.change({ env: event.currentTarget.value })}
            />
          )}
        />
        <div class={styles.pair}>
          {text('account', words.hints.account(props.accounts[0]), { list: 'accounts' })}
          {text('priority', '0', { type: 'number', min: '-1000', max: '1000', title: words.hints.priority })}
          {text('timeout', words.hints.timeout, { type: 'number', min: '1' })}
          {text('retries', '0', { type: 'number', min: '0' })}
        </div>
        {text('maxIdle', words.hints.maxIdle, { type: 'number', min: '60' }, words.hints.maxIdleHelp)}
        <Preemptible {...props} />
        {text('dependsOn', words.hints.dependsOn, { spellcheck: false })}
        <div class={`${styles.pair} ${styles.long}`}>
          {text('startAt', '', { type: 'datetime-local' })}
          {text('arrayCount', words.hints.arrayCount, { type: 'number', min: '1' }, words.hints.arrayHelp)}
          {text('image', words.hints.image, { spellcheck: false })}
          {text('memoryLimit', words.hints.memoryLimit, { type: 'number', min: '1' })}
        </div>
        {text('secrets', words.hints.secrets, { spellcheck: false })}
        {text('directory', words.hints.directory)}
        <datalist id="accounts">
          <For each={props.accounts}>{(account) => <option value={account} />}</For>
        </datalist>
      </div>
    </details>
  )
}

function Preemptible(props: FormPart) {
  return (
    <div>
      <label class={styles.check}>
        <input
          type="checkbox"
          checked={props.form.preemptible}
          onChange={(event) => props.change({ preemptible: event.currentTarget.checked })}
        />
        {words.fields.preemptible}
      </label>
      <Show when={props.problem('preemptible')}>{(problem) => <p class="problem">{problem()}</p>}</Show>
    </div>
  )
}

function TextInput(props: {
  form: JobForm
  change: FormPart['change']
  field: TextField
  hint: string
  control: ControlProps
  rest: JSX.InputHTMLAttributes<HTMLInputElement>
}) {
  return (
    <input
      {...props.control}
      {...props.rest}
      value={props.form[props.field]}
      placeholder={props.hint}
      onInput={(event) => props.change({ [props.field]: event.currentTarget.value })}
    />
  )
}
