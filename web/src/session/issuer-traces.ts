// Whether there is anything for `issuer-session.ts` to do: most pages load without it.

/** Where the session is kept in this tab. */
export const KEPT = 'constellation.session'

/** Where the issuer sends people back to. */
export const RETURN_PATH = '/app/signed-in'

/** Whether somebody of this tab is signed in at the issuer, or comes back from there. */
export function isIssuersTab(): boolean {
  return location.pathname === RETURN_PATH || sessionStorage.getItem(KEPT) !== null
}

export function forgetSession(): void {
  sessionStorage.removeItem(KEPT)
}
