// The state of the form to submit a job, and its way to the server.
import { useNavigate } from '@solidjs/router'
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { createStore, unwrap } from 'solid-js/store'
import { SaveScheduleDocument, type SaveScheduleMutation, SubmitJobDocument } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { newKey } from '../shared/random.ts'
import { sayError } from '../shared/say-error.ts'
import { buildInput, scheduleOf } from './build-input.ts'
import { EMPTY_FORM, type FormPart, type JobForm, type Problems } from './job-form.ts'
import { placeProblems, placeScheduleProblems } from './place-problems.ts'

export type SavedSchedule = NonNullable<SaveScheduleMutation['saveSchedule']['schedule']>

export interface Submission extends FormPart {
  busy: Accessor<boolean>
  /** The schedule that was saved, where the form was about one. */
  saved: Accessor<SavedSchedule | undefined>
  submit: () => Promise<void>
  /** Fills the whole form. */
  fill: (form: JobForm) => void
}

/** A form, filled as given. `onRefused` is called when it has problems to show, `onDone` before the job is shown. */
export function createSubmission(filled: JobForm, onRefused: () => void, onDone: () => void): Submission {
  const { client } = useGraph()
  const navigate = useNavigate()
  const [form, setForm] = createStore<JobForm>({ ...filled })
  const [problems, setProblems] = createSignal<Problems>({})
  const [busy, setBusy] = createSignal(false)
  const [saved, setSaved] = createSignal<SavedSchedule>()
  const usesTemplate = () => form.template !== ''
  /** Without an answer nobody knows whether there is a job: the same sent again is the same submission. */
  let sent: { text: string; key: string } | undefined
  let isShown = true
  onCleanup(() => {
    isShown = false
  })

  const submitJob = async (input: Parameters<typeof scheduleOf>[1]): Promise<Problems | undefined> => {
    const text = JSON.stringify(input)
    if (sent?.text !== text) sent = { text, key: newKey() }
    const { data, error } = await client.mutation(SubmitJobDocument, { input, key: sent.key }).toPromise()
    if (error) return { form: sayError(error) }
    const job = data?.submitJob.job
    if (!job) return placeProblems(data?.submitJob.problems ?? [], usesTemplate())
    // Who has closed the form meanwhile is elsewhere, and stays there.
    const stays = !isShown
    onDone()
    if (!stays) navigate(`/jobs/${job.id}`)
    return undefined
  }
  const saveSchedule = async (input: NonNullable<ReturnType<typeof scheduleOf>>): Promise<Problems | undefined> => {
    const { data, error } = await client.mutation(SaveScheduleDocument, { input }).toPromise()
    if (error) return { form: sayError(error) }
    const schedule = data?.saveSchedule.schedule
    if (!schedule) return placeScheduleProblems(data?.saveSchedule.problems ?? [], usesTemplate())
    setSaved(schedule)
    return undefined
  }
  const submit = async () => {
    if (busy()) return
    const typed = unwrap(form)
    const built = buildInput(typed)
    setBusy(true)
    const found = 'problems' in built ? built.problems : await send(built.input, scheduleOf(typed, built.input))
    setBusy(false)
    setProblems(found ?? {})
    if (found) onRefused()
  }
  const send = (input: Parameters<typeof scheduleOf>[1], schedule: ReturnType<typeof scheduleOf>) =>
    schedule ? saveSchedule(schedule) : submitJob(input)

  return {
    form,
    // A value that changed is no longer what the problem was about.
    change: (part) => {
      setForm(part)
      setProblems((all) => without(all, Object.keys(part)))
    },
    problem: (field) => problems()[field],
    busy,
    saved,
    submit,
    fill: (whole) => {
      setForm({ ...EMPTY_FORM, ...whole })
      setProblems({})
    },
  }
}

function without(problems: Problems, fields: readonly string[]): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => !fields.includes(field.split('.')[0] ?? '')))
}
