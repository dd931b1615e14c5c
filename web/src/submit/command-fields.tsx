import { For, Show } from 'solid-js'
import { Field } from '../shared/field.tsx'
import { looksLikeShell, parseArgv } from './argv.ts'
import type { FormPart } from './job-form.ts'
import styles from './submit-dialog.module.css'
import { type Template, TemplateFields } from './template-fields.tsx'
import { CheckField } from './text-field.tsx'
import { words } from './words.ts'

/** What is run: a command, or a template with its parameters; and what it is called. */
export function CommandFields(props: FormPart & { templates: readonly Template[]; unknown: boolean }) {
  const template = () => props.templates.find((each) => each.name === props.form.template)

  const choose = (name: string) => {
    const chosen = props.templates.find((each) => each.name === name)
    props.change({
      template: name,
      arguments: {},
      ...(chosen && {
        gpuCount: String(chosen.gpus.count),
        gpuMemory: String(chosen.gpus.minMemoryMb ?? ''),
        gpuModel: chosen.gpus.model ?? '',
        gpuCapability: chosen.gpus.minComputeCapability ?? '',
      }),
    })
  }

  return (
    <>
      <Show when={props.templates.length > 0}>
        <Field
          label={words.what}
          hint={template()?.description}
          problem={props.problem('template')}
          control={(control) => (
            <select {...control} onChange={(event) => choose(event.currentTarget.value)}>
              {/* What is spread into a select is set before there are options to choose from. */}
              <option value="" selected={props.form.template === ''}>
                {words.ownCommand}
              </option>
              <For each={props.templates}>
                {(each) => (
                  <option value={each.name} selected={each.name === props.form.template}>
                    {each.name}
                  </option>
                )}
              </For>
            </select>
          )}
        />
      </Show>
      <Show when={props.unknown}>
        <p class="hint">{words.templateUnknown}</p>
      </Show>
      <Show when={template()} fallback={<CommandLine {...props} />}>
        {(chosen) => (
          <TemplateFields form={props.form} change={props.change} problem={props.problem} template={chosen()} />
        )}
      </Show>
      <Field
        label={words.fields.name}
        problem={props.problem('name')}
        control={(control) => (
          <input
            {...control}
            value={props.form.name}
            placeholder={words.hints.name}
            onInput={(event) => props.change({ name: event.currentTarget.value })}
          />
        )}
      />
    </>
  )
}

function CommandLine(props: FormPart) {
  return (
    <div class={styles.group}>
      <Field
        label={words.fields.command}
        hint={!props.form.shell && looksLikeShell(props.form.command) ? words.hints.likeShell : undefined}
        problem={props.problem('command')}
        control={(control) => (
          <textarea
            {...control}
            class="mono"
            rows="2"
            spellcheck={false}
            value={props.form.command}
            placeholder={props.form.shell ? words.hints.shellLine : words.hints.command}
            onInput={(event) => props.change({ command: event.currentTarget.value })}
          />
        )}
      />
      <div class={styles.under}>
        <CheckField part={props} field="shell" />
        <Argv line={props.form.shell ? '' : props.form.command} />
      </div>
    </div>
  )
}

/** The line as the arguments that it stands for, where that is worth seeing. */
function Argv(props: { line: string }) {
  const argv = () => {
    const parsed = parseArgv(props.line)
    return 'argv' in parsed && /["'\\]/.test(props.line) ? parsed.argv : []
  }
  return (
    <Show when={argv().length > 0}>
      <ul class={styles.argv} aria-label={words.hints.argv}>
        <For each={argv()}>{(word) => <li>{word === '' ? ' ' : word}</li>}</For>
      </ul>
    </Show>
  )
}
