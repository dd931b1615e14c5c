import { createContext, useContext } from 'solid-js'
import type { SubmitJobInput } from '../generated/documents.ts'

/** What the form is filled with from elsewhere: a job that is to be submitted again. */
export interface Prefill {
  input: SubmitJobInput
  /** The name of the job that it comes from. */
  from: string
}

/** Opens the dialog to submit a job, from anywhere on the page. */
export const SubmitContext = createContext<(prefill?: Prefill) => void>(() => {})

export function useSubmit(): (prefill?: Prefill) => void {
  return useContext(SubmitContext)
}
