import type { JSX } from 'solid-js'
import { Field } from '../shared/field.tsx'
import type { FormPart, JobForm } from './job-form.ts'
import styles from './submit-dialog.module.css'
import { words } from './words.ts'

/** The fields that hold text. */
type TextName = {
  [Name in keyof JobForm]: JobForm[Name] extends string ? Name : never
}[keyof JobForm] &
  keyof typeof words.fields

interface TextFieldProps {
  part: FormPart
  field: TextName
  /** What holds while it is empty. */
  empty?: string | undefined
  hint?: string | undefined
}

/** A field of one line. */
export function TextField(props: TextFieldProps & { input?: JSX.InputHTMLAttributes<HTMLInputElement> }) {
  return (
    <Field
      label={words.fields[props.field]}
      hint={props.hint}
      problem={props.part.problem(props.field)}
      control={(control) => (
        <input
          {...control}
          {...props.input}
          value={props.part.form[props.field]}
          placeholder={props.empty}
          onInput={(event) => props.part.change({ [props.field]: event.currentTarget.value })}
        />
      )}
    />
  )
}

/** A field of several lines, of text that no one corrects. */
export function LinesField(props: TextFieldProps & { rows: number }) {
  return (
    <Field
      label={words.fields[props.field]}
      hint={props.hint}
      problem={props.part.problem(props.field)}
      control={(control) => (
        <textarea
          {...control}
          class="mono"
          rows={props.rows}
          spellcheck={false}
          value={props.part.form[props.field]}
          placeholder={props.empty}
          onInput={(event) => props.part.change({ [props.field]: event.currentTarget.value })}
        />
      )}
    />
  )
}

/** Yes or no. */
export function CheckField(props: { part: FormPart; field: 'preemptible' | 'skipWhileRunning' | 'shell' }) {
  return (
    <div>
      <label class={styles.check}>
        <input
          type="checkbox"
          checked={props.part.form[props.field]}
          onChange={(event) => props.part.change({ [props.field]: event.currentTarget.checked })}
        />
        {words.fields[props.field]}
      </label>
      <p class="problem">{props.part.problem(props.field)}</p>
    </div>
  )
}
