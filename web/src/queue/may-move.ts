import { identity } from '../shared/session.ts'

/**
 * Whether who is signed in may move jobs at all. Whose jobs those may be, the server knows: it shows nobody others
 * than theirs, but to those who only look.
 */
export function mayMove(): boolean {
  return identity()?.role !== 'analyst'
}
