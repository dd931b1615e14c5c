// Whose account something goes to: the one that is named where the principal may use it, or its first.
import type { Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'

const NAME = /^[\w.@+-]{1,128}$/

/** Those who run the place may name any account. */
export function chooseAccount(
  who: Principal,
  wanted: string | null | undefined,
): { account: string } | { problems: Problem[] } {
  const account = wanted ?? who.accounts[0]
  if (account === undefined) {
    return { problems: [{ path: 'account', message: 'is needed, as your token names no account' }] }
  }
  const free = who.role === 'admin' || who.role === 'operator'
  if (free ? NAME.test(account) : who.accounts.includes(account)) return { account }
  const message = free
    ? 'must be 1 to 128 letters, digits or . _ - @ +'
    : `is none of yours${who.accounts.length > 0 ? `: ${who.accounts.join(', ')}` : ''}`
  return { problems: [{ path: 'account', message }] }
}
