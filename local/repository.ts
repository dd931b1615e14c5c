import { fileURLToPath } from 'node:url'

/** The root of this clone. */
export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
