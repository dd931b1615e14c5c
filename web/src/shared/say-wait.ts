/** The id of a job in brackets, behind its name. */
const ID_AFTER_NAME = / \([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)/g

/** Why a job waits, as a list has room for it: jobs by their names alone. */
export function sayWaitBriefly(message: string): string {
  return message.replaceAll(ID_AFTER_NAME, '')
}
