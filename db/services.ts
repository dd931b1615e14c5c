// The services that own a schema of the database.
export const SERVICES = ['jobs', 'gpus', 'usage'] as const

export type Service = (typeof SERVICES)[number]

/** The role that a service connects as; it owns the schema of the service's name and reaches no other. */
export function roleOf(service: Service): string {
  return `constellation_${service}`
}
