import type { FieldName, JobForm } from './build-input.ts'

/** What every part of the form is given. */
export interface FormPart {
  form: JobForm
  change: (part: Partial<JobForm>) => void
  problem: (field: FieldName) => string | undefined
}
