import type { Call } from '../command.ts'
import { WhoAmIDocument } from '../generated/documents.ts'
import { say, sayJson } from '../view/output.ts'

/** Whom the token stands for, and where. */
export async function run(call: Call): Promise<number> {
  const api = await call.open()
  const { viewer } = await api.ask(WhoAmIDocument, {})
  if (call.json) sayJson({ ...viewer, url: api.url })
  else {
    const accounts = viewer.accounts.length === 0 ? '' : `, accounts ${viewer.accounts.join(', ')}`
    const scopes = viewer.scopes ? `, scopes ${viewer.scopes.join(', ')}` : ''
    say(`${viewer.id} (${viewer.role}${accounts}${scopes}) at ${api.url}`)
  }
  return 0
}
