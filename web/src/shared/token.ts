// What the page does with a token as text. Nothing here is trusted: the server alone decides who somebody is.

/** Who a token says its holder is: for the header, and to offer the accounts in the form. */
export interface Identity {
  id: string
  role: string
  accounts: readonly string[]
}

/** The token of a link such as `/app/#token=ey…`, or undefined where the fragment holds none. */
export function tokenFromFragment(fragment: string): string | undefined {
  const token = new URLSearchParams(fragment.replace(/^#/, '')).get('token')?.trim()
  return token ? token : undefined
}

/** The token in what a person pasted: a token, or the whole link that the stack printed. */
export function tokenFromPaste(pasted: string): string | undefined {
  const text = pasted.trim()
  const fragment = text.indexOf('#')
  const token = fragment >= 0 ? tokenFromFragment(text.slice(fragment)) : text.replace(/^Bearer\s+/i, '')
  return token !== undefined && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) ? token : undefined
}

/** What a token says of its holder; empty parts where it cannot be read. */
export function identityOf(token: string): Identity {
  const { sub, role, accounts } = payloadOf(token)
  return {
    id: typeof sub === 'string' ? sub : '',
    role: typeof role === 'string' ? role : '',
    accounts: Array.isArray(accounts) ? accounts.filter((account) => typeof account === 'string') : [],
  }
}

/** What a token claims; nothing where it cannot be read. */
export function payloadOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const base64 = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof claims === 'object' && claims !== null ? { ...claims } : {}
  } catch {
    // Not a token that can be read: the server will say so at the first request.
    return {}
  }
}
