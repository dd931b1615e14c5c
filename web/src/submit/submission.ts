// The state of the form to submit a job, and its way to the server.
import { useNavigate } from '@solidjs/router'
import { type Accessor, createSignal } from 'solid-js'
import { createStore, unwrap } from 'solid-js/store'
import { SubmitJobDocument } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { sayError } from '../shared/say-error.ts'
import { buildInput, EMPTY_FORM, type JobForm, type Problems } from './build-input.ts'
import type { FormPart } from './form-part.ts'
import { placeProblems } from './place-problems.ts'

export interface Submission extends FormPart {
  busy: Accessor<boolean>
  submit: () => Promise<void>
}

/** A new form. `onRefused` is called when it has problems to show, `onDone` before the job is shown. */
export function createSubmission(onRefused: () => void, onDone: () => void): Submission {
  const { client } = useGraph()
  const navigate = useNavigate()
  const [form, setForm] = createStore<JobForm>({ ...EMPTY_FORM })
  const [problems, setProblems] = createSignal<Problems>({})
  const [busy, setBusy] = createSignal(false)

  const refuse = (found: Problems) => {
    setProblems(found)
    onRefused()
  }
  const submit = async () => {
    if (busy()) return
    const built = buildInput(unwrap(form))
    if ('problems' in built) return refuse(built.problems)
    setBusy(true)
    const { data, error } = await client.mutation(SubmitJobDocument, { input: built.input }).toPromise()
    setBusy(false)
    if (error) return refuse({ form: sayError(error) })
    const job = data?.submitJob.job
    if (!job) return refuse(placeProblems(data?.submitJob.problems ?? [], form.template !== ''))
    onDone()
    navigate(`/jobs/${job.id}`)
  }
  return { form, change: (part) => setForm(part), problem: (field) => problems()[field], busy, submit }
}
