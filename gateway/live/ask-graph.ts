import type { Principal } from '@constellation/platform/identity.ts'

/**
 * Data from the graph, as this principal may see it.
 * @throws ConstellationError where it cannot be had
 */
export type AskGraph = (query: string, variables: Record<string, unknown>, who: Principal) => Promise<unknown>
