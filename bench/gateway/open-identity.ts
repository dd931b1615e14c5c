// Takes the place of platform/identity.ts in the services of this benchmark: whoever asks is the same administrator.
export * from '@constellation/platform/identity.ts'

/** Takes whatever comes: the principals are in it. */
export function requireVouchedBody() {}

/** Reads nothing and checks nothing. */
export function vouchedPrincipal() {
  return { id: 'bench', role: 'admin', accounts: ['default'] }
}
