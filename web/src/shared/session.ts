// The token that the page holds. It is kept in localStorage, so that a second tab or a restarted browser is
// still signed in, as with a link opened once. What speaks for a cookie instead, scripts that cannot read it,
// matters where foreign scripts run: this page loads none, and with a header there is no forged request.
import { createSignal } from 'solid-js'
import { tokenFromFragment } from './token.ts'

const KEY = 'constellation.token'

const [token, setToken] = createSignal(takeFromAddress() ?? localStorage.getItem(KEY) ?? undefined)
const [rejected, setRejected] = createSignal(false)

export { rejected, token }

/** Keeps the token and shows the page with it. */
export function signIn(given: string): void {
  localStorage.setItem(KEY, given)
  setRejected(false)
  setToken(given)
}

/** Forgets the token, in every tab. */
export function signOut(): void {
  localStorage.removeItem(KEY)
  setToken(undefined)
}

/** The server did not accept `refused`. A token that took its place in the meantime stays. */
export function tokenRefused(refused: string): void {
  if (token() !== refused) return
  setRejected(true)
  signOut()
}

/** Follows what other tabs do, and links that are opened in this one. */
export function followSession(): void {
  addEventListener('storage', (event) => {
    if (event.key === KEY || event.key === null) setToken(localStorage.getItem(KEY) ?? undefined)
  })
  addEventListener('hashchange', () => {
    const given = takeFromAddress()
    if (given !== undefined) signIn(given)
  })
}

/** Takes the token out of the address, where it would end up in bookmarks and screenshots. */
function takeFromAddress(): string | undefined {
  const given = tokenFromFragment(location.hash)
  if (given === undefined) return undefined
  history.replaceState(history.state, '', location.pathname + location.search)
  localStorage.setItem(KEY, given)
  return given
}
