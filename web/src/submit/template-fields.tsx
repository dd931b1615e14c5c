import { For } from 'solid-js'
import type { TemplatesQuery } from '../generated/documents.ts'
import { Field } from '../shared/field.tsx'
import { quoteArgv } from './argv.ts'
import type { FormPart } from './job-form.ts'
import styles from './submit-dialog.module.css'
import { words } from './words.ts'

export type Template = NonNullable<TemplatesQuery['templates']>[number]

/** A template's command, and a field for each of its parameters. */
export function TemplateFields(props: FormPart & { template: Template }) {
  const give = (name: string, value: string) => props.change({ arguments: { ...props.form.arguments, [name]: value } })
  return (
    <>
      <pre class={styles.preview}>{quoteArgv(props.template.command)}</pre>
      <For each={props.template.parameters}>
        {(parameter) => (
          <Field
            label={parameter.name}
            hint={parameter.description}
            problem={props.problem(`arguments.${parameter.name}`)}
            control={(control) => (
              <input
                {...control}
                value={props.form.arguments[parameter.name] ?? ''}
                placeholder={parameter.default ?? words.needed}
                onInput={(event) => give(parameter.name, event.currentTarget.value)}
              />
            )}
          />
        )}
      </For>
    </>
  )
}
