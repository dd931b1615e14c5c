import { createEffect, createMemo, createSignal, For, type ParentProps, Show } from 'solid-js'
import { SecretNamesDocument } from '../generated/documents.ts'
import { createLiveQuery } from '../shared/live.ts'
import { EMPTY_FORM, type FormPart } from './job-form.ts'
import styles from './submit-dialog.module.css'
import { CheckField, LinesField, TextField } from './text-field.tsx'
import { words } from './words.ts'
import { readSweep, readWords } from './written-lists.ts'

const FIELDS = [
  ...(['env', 'secrets', 'account', 'priority', 'timeout', 'maxIdle', 'retries', 'exitCodes', 'backoff'] as const),
  ...(['maxBackoff', 'warningSignal', 'warningSeconds', 'preemptible', 'memoryLimit', 'cpuLimit', 'image'] as const),
  ...(['mounts', 'directory', 'labels', 'dependsOn', 'after', 'startAt', 'arrayCount', 'sweep'] as const),
  ...(['maxParallel', 'scheduleName', 'cron', 'timeZone', 'skipWhileRunning'] as const),
]

/** What most jobs leave as it is. It is open at first where something is in it, and opens by itself for a problem. */
export function MoreFields(props: FormPart & { accounts: readonly string[] }) {
  const [open, setOpen] = createSignal(FIELDS.some((field) => props.form[field] !== EMPTY_FORM[field]))
  createEffect(() => {
    if (FIELDS.some((field) => props.problem(field) !== undefined)) setOpen(true)
  })
  return (
    <details class={styles.more} open={open()} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.more}</summary>
      <div class={styles.sections}>
        <Section title={words.sections.surroundings}>
          <LinesField part={props} field="env" rows={3} empty={words.hints.env} hint={words.hints.envHelp} />
          <Secrets {...props} open={open()} />
        </Section>
        <Limits {...props} />
        <Container {...props} />
        <Section title={words.sections.order}>
          <TextField part={props} field="dependsOn" empty={words.hints.dependsOn} input={PLAIN} />
          <TextField part={props} field="after" empty={words.hints.after} input={PLAIN} />
          <div class={styles.trio}>
            <TextField part={props} field="startAt" input={{ type: 'datetime-local' }} />
            <TextField
              part={props}
              field="account"
              empty={words.hints.account(props.accounts[0])}
              input={{ list: 'accounts' }}
            />
            <TextField
              part={props}
              field="priority"
              empty="0"
              input={{ type: 'number', min: '-1000', max: '1000', title: words.hints.priority }}
            />
          </div>
          <datalist id="accounts">
            <For each={props.accounts}>{(account) => <option value={account} />}</For>
          </datalist>
        </Section>
        <ArrayFields {...props} />
        <Schedule {...props} />
      </div>
    </details>
  )
}

const PLAIN = { spellcheck: false, autocomplete: 'off' } as const
const COUNT = { type: 'number', min: '0' } as const
const AT_LEAST_ONE = { type: 'number', min: '1' } as const

function Section(props: ParentProps<{ title: string }>) {
  return (
    <fieldset class={styles.section}>
      <legend>{props.title}</legend>
      <div class={styles.fields}>{props.children}</div>
    </fieldset>
  )
}

/** Secrets by their names, with those of the account to choose from. */
function Secrets(props: FormPart & { open: boolean }) {
  return (
    <>
      <TextField part={props} field="secrets" empty={words.hints.secrets} input={PLAIN} />
      <Show when={props.open}>
        <KnownSecrets {...props} />
      </Show>
    </>
  )
}

function KnownSecrets(props: FormPart) {
  const known = createLiveQuery(SecretNamesDocument, () => ({}))
  const names = createMemo(() => [...new Set((known.data()?.secrets ?? []).map(({ name }) => name))])
  const chosen = createMemo(() => readWords(props.form.secrets))
  const toggle = (name: string) => {
    const rest = chosen().filter((each) => each !== name)
    props.change({ secrets: (rest.length < chosen().length ? rest : [...chosen(), name]).join(' ') })
  }
  return (
    <Show when={names().length > 0}>
      <div class={styles.chips}>
        <For each={names()}>
          {(name) => (
            <button
              type="button"
              class={styles.chip}
              aria-pressed={chosen().includes(name)}
              onClick={() => toggle(name)}
            >
              {name}
            </button>
          )}
        </For>
      </div>
    </Show>
  )
}

function Limits(props: FormPart) {
  return (
    <Section title={words.sections.limits}>
      <div class={styles.trio}>
        <TextField part={props} field="timeout" empty={words.hints.timeout} input={AT_LEAST_ONE} />
        <TextField part={props} field="memoryLimit" empty={words.hints.memoryLimit} input={AT_LEAST_ONE} />
        <TextField part={props} field="cpuLimit" empty={words.hints.cpuLimit} input={{ ...COUNT, step: 'any' }} />
        <TextField part={props} field="retries" empty="0" input={COUNT} />
        <TextField part={props} field="backoff" empty={words.hints.backoff} input={COUNT} />
        <TextField part={props} field="maxBackoff" empty={words.hints.maxBackoff} input={AT_LEAST_ONE} />
        <TextField part={props} field="exitCodes" empty={words.hints.exitCodes} input={PLAIN} />
        <TextField part={props} field="warningSignal" empty={words.hints.warningSignal} input={PLAIN} />
        <TextField part={props} field="warningSeconds" empty={words.hints.warningSeconds} input={AT_LEAST_ONE} />
      </div>
      <TextField
        part={props}
        field="maxIdle"
        empty={words.hints.maxIdle}
        hint={words.hints.maxIdleHelp}
        input={{ type: 'number', min: '60' }}
      />
      <CheckField part={props} field="preemptible" />
    </Section>
  )
}

function Container(props: FormPart) {
  return (
    <Section title={words.sections.container}>
      <TextField part={props} field="image" empty={words.hints.image} input={PLAIN} />
      <LinesField part={props} field="mounts" rows={2} empty={words.hints.mounts} hint={words.hints.mountsHelp} />
      <TextField part={props} field="directory" empty={words.hints.directory} input={PLAIN} />
      <LinesField part={props} field="labels" rows={1} empty={words.hints.labels} hint={words.hints.labelsHelp} />
    </Section>
  )
}

function ArrayFields(props: FormPart) {
  /** How many jobs the sweep makes. */
  const made = () => {
    const sweep = readSweep(props.form.sweep)
    if (!('read' in sweep) || sweep.read.length === 0) return undefined
    return words.hints.sweepMakes(sweep.read.reduce((product, { values }) => product * values.length, 1))
  }
  return (
    <Section title={words.sections.array}>
      <div class={styles.pair}>
        <TextField
          part={props}
          field="arrayCount"
          empty={words.hints.arrayCount}
          hint={words.hints.arrayHelp}
          input={AT_LEAST_ONE}
        />
        <TextField part={props} field="maxParallel" empty={words.hints.maxParallel} input={AT_LEAST_ONE} />
      </div>
      <LinesField
        part={props}
        field="sweep"
        rows={2}
        empty={words.hints.sweep}
        hint={made() ?? words.hints.sweepHelp}
      />
    </Section>
  )
}

function Schedule(props: FormPart) {
  return (
    <Section title={words.sections.schedule}>
      <div class={styles.trio}>
        <TextField part={props} field="scheduleName" empty={words.hints.scheduleName} input={PLAIN} />
        <TextField part={props} field="cron" empty={words.hints.cron} input={PLAIN} />
        <TextField part={props} field="timeZone" empty={words.hints.timeZone} input={PLAIN} />
      </div>
      <p class="hint">{words.hints.scheduleHelp}</p>
      <CheckField part={props} field="skipWhileRunning" />
    </Section>
  )
}
