// Whether what stands in the form could run, asked again as one types and as the machines change.
import type { CombinedError } from '@urql/core'
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { CheckJobDocument, type CheckJobQuery, JobsTickDocument, type SubmitJobInput } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createSubscription } from '../shared/live.ts'
import { createSoon } from '../shared/soon.ts'
import { buildInput } from './build-input.ts'
import type { JobForm } from './job-form.ts'

export type Check = CheckJobQuery['checkJob']

export interface Checking {
  /** The last answer; it stays while the next one is awaited. Undefined before the first. */
  check: Accessor<Check | undefined>
  error: Accessor<CombinedError | undefined>
  /** True while what stands in the form is not answered yet. */
  busy: Accessor<boolean>
}

/** One types on for so long, in milliseconds. */
const PAUSE_MS = 350
/** Other jobs come and go: this often, in milliseconds, at the most. */
const MOVED_MS = 2_000

/** Follows the form. */
export function createChecking(form: JobForm): Checking {
  const { uncached } = useGraph()
  const [check, setCheck] = createSignal<Check>()
  const [error, setError] = createSignal<CombinedError>()
  const [busy, setBusy] = createSignal(true)
  const [moved, setMoved] = createSignal(0)
  const asked = createMemo(() => questionOf(form), undefined, { equals: (a, b) => a?.text === b?.text })

  createSubscription(
    JobsTickDocument,
    () => ({}),
    createSoon(() => setMoved((count) => count + 1), MOVED_MS),
  )
  createEffect(on(asked, () => setBusy(true)))
  createEffect(
    on([asked, moved], ([question]) => {
      if (question === undefined) return
      let current = true
      const ask = async () => {
        const answer = await uncached.query(CheckJobDocument, { input: question.input }).toPromise()
        if (!current) return
        if (answer.data) setCheck(answer.data.checkJob)
        setError(answer.error)
        setBusy(false)
      }
      const timer = setTimeout(ask, PAUSE_MS)
      onCleanup(() => {
        current = false
        clearTimeout(timer)
      })
    }),
  )
  return { check, error, busy }
}

/**
 * The input, and as a text by which it is known again; undefined while the form cannot be read. What to run has no part
 * in where it could, and is mostly not yet said.
 */
export function questionOf(form: JobForm): { input: SubmitJobInput; text: string } | undefined {
  const needsCommand = form.template === '' && form.command.trim() === ''
  const built = buildInput(needsCommand ? { ...form, command: 'true' } : { ...form })
  return 'input' in built ? { input: built.input, text: JSON.stringify(built.input) } : undefined
}
