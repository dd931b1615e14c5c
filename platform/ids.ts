const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** PostgreSQL refuses a question with an id that is no UUID; for a caller, such an id names nothing. */
export function isUuid(id: string): boolean {
  return UUID.test(id)
}
