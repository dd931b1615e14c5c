import { Field } from '../shared/field.tsx'
import type { FormPart } from './form-part.ts'
import styles from './submit-dialog.module.css'
import { words } from './words.ts'

/** How many GPUs, and of what kind. */
export function GpuFields(props: FormPart) {
  return (
    <div class={styles.row}>
      <Field
        label={words.fields.gpuCount}
        problem={props.problem('gpuCount')}
        control={(control) => (
          <input
            {...control}
            type="number"
            min="0"
            value={props.form.gpuCount}
            onInput={(event) => props.change({ gpuCount: event.currentTarget.value })}
          />
        )}
      />
      <Field
        label={words.fields.gpuModel}
        problem={props.problem('gpuModel')}
        control={(control) => (
          <input
            {...control}
            value={props.form.gpuModel}
            placeholder={words.hints.gpuModel}
            onInput={(event) => props.change({ gpuModel: event.currentTarget.value })}
          />
        )}
      />
      <Field
        label={words.fields.gpuMemory}
        problem={props.problem('gpuMemory')}
        control={(control) => (
          <input
            {...control}
            type="number"
            min="0"
            step="1024"
            value={props.form.gpuMemory}
            placeholder={words.hints.gpuMemory}
            onInput={(event) => props.change({ gpuMemory: event.currentTarget.value })}
          />
        )}
      />
    </div>
  )
}
