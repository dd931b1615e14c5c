import { createMemo, createSignal, onCleanup, Show, untrack } from 'solid-js'
import { stringify } from 'yaml'
import type { JobDetailsFragment, SubmitJobInput } from '../generated/documents.ts'
import { Choices } from '../shared/choices.tsx'
import { ModalDialog, ModalFoot } from '../shared/modal-dialog.tsx'
import { asCurl, asGraphql, asPython } from './copy-as.ts'
import styles from './copy-dialog.module.css'
import { inputOfJob } from './input-of-job.ts'
import { words } from './words.ts'

const FORMATS = ['curl', 'graphql', 'yaml', 'python'] as const
type Format = (typeof FORMATS)[number]

/** The button says for so long that it has copied, in milliseconds. */
const SAID_MS = 2_000

/** A job's input in the form that others take, to look at and to copy. */
export default function CopyDialog(props: { job: JobDetailsFragment; onClose: () => void }) {
  const [format, setFormat] = createSignal<Format>('curl')
  // As it was when it was opened: what is being read stays.
  const input = untrack(() => inputOfJob(props.job, Date.now()))
  const text = createMemo(() => write(format(), input))
  const { copy, copied, failed } = createCopying(() => text().trimEnd())
  let shown: HTMLTextAreaElement | undefined

  const onCopy = async () => {
    if (!(await copy())) shown?.select()
  }
  return (
    <ModalDialog title={words.copy.title} onClose={() => props.onClose()}>
      <div class={styles.body}>
        <Choices
          label={words.copy.formats}
          options={FORMATS}
          chosen={format()}
          say={(each) => words.copy.format[each]}
          onChoose={setFormat}
        />
        <p class="hint">{words.copy.hint[format()]}</p>
        <textarea
          ref={shown}
          class={styles.text}
          readonly
          rows="16"
          spellcheck={false}
          aria-label={words.copy.text}
          value={text()}
        />
        <Show when={input.env}>
          <p class="hint">{words.copy.secret}</p>
        </Show>
        <Show when={failed()}>
          <p class="notice bad" role="alert">
            {words.copy.failed}
          </p>
        </Show>
      </div>
      <ModalFoot cancel={words.copy.close}>
        <button type="button" class="button primary" onClick={() => void onCopy()}>
          <span aria-live="polite">{copied() ? words.copy.copied : words.copy.copy}</span>
        </button>
      </ModalFoot>
    </ModalDialog>
  )
}

function write(format: Format, input: SubmitJobInput): string {
  switch (format) {
    case 'curl':
      return asCurl(input, location.origin)
    case 'graphql':
      return asGraphql(input)
    case 'yaml':
      return stringify(input)
    case 'python':
      return asPython(input, location.origin)
  }
}

/** `copy` answers whether the browser let it: outside HTTPS and this machine it does not. */
function createCopying(text: () => string) {
  const [copied, setCopied] = createSignal(false)
  const [failed, setFailed] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
    } catch {
      setFailed(true)
      return false
    }
    setFailed(false)
    setCopied(true)
    clearTimeout(timer)
    timer = setTimeout(() => setCopied(false), SAID_MS)
    return true
  }
  return { copy, copied, failed }
}
