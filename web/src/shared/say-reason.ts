import { toTheMinute } from './to-the-minute.ts'

/** The id of a job in brackets, behind its name. */
const ID_AFTER_NAME = / \([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)/g

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g

/** What the server says of a job or a GPU, as there is room for it: jobs by their names alone, and times in the reader's zone. */
export function sayReason(message: string): string {
  return message.replaceAll(ID_AFTER_NAME, '').replaceAll(INSTANT, (at) => toTheMinute(at))
}
