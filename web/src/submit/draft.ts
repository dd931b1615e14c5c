// What somebody has begun to write and closed by mistake, kept until the page is loaded anew: it may hold what is
// secret, so that it is stored nowhere.
import { EMPTY_FORM, type JobForm } from './job-form.ts'

let kept: { person: string; form: JobForm } | undefined

/** The draft of this person, or undefined. */
export function keptDraft(person: string): JobForm | undefined {
  return kept?.person === person ? kept.form : undefined
}

/** Keeps the form, unless nothing was written into it. */
export function keepDraft(person: string, form: JobForm): void {
  kept = isBegun(form) ? { person, form: { ...form, arguments: { ...form.arguments } } } : undefined
}

export function forgetDraft(): void {
  kept = undefined
}

function isBegun(form: JobForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(EMPTY_FORM)
}
