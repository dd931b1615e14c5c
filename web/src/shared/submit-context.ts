import { createContext, useContext } from 'solid-js'

/** Opens the dialog to submit a job, from anywhere on the page. */
export const SubmitContext = createContext<() => void>(() => {})

export function useSubmit(): () => void {
  return useContext(SubmitContext)
}
