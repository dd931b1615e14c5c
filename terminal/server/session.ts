// Which server is spoken to, and as whom.

import { readSettings, type Settings } from '../config.ts'
import { Failure, misused } from '../failure.ts'
import { type Api, openApi } from './api.ts'
import type { Context, Kept } from './contexts.ts'
import { findLocalStack, trimmed } from './local-stack.ts'

/** What options say about it. */
export interface Wanted {
  url: string | undefined
  context: string | undefined
}

/** @throws Failure where nobody is signed in, or the options name what there is not */
export async function openSession(wanted: Wanted, settings = readSettings()): Promise<Api> {
  const { url, token } = await findAccess(wanted, settings)
  return openApi({ url, token })
}

async function findAccess(wanted: Wanted, settings: Settings) {
  const named = wanted.url ?? (wanted.context === undefined ? settings.url : undefined)
  if (named !== undefined && !URL.canParse(named))
    throw misused(`${named} is no address, such as https://gpus.example.`)
  const url = named === undefined ? undefined : trimmed(named)
  if (url !== undefined && settings.token !== undefined) return fixed(url, settings.token)

  const { readContexts } = await import('./contexts.ts')
  const kept = await readContexts(settings.file)
  const chosen = choose(kept, url, wanted.context ?? settings.context)
  // A token goes to the server that it is for, and to no other.
  if (chosen)
    return settings.token === undefined ? renewing(chosen, settings) : fixed(chosen.context.url, settings.token)
  const local = await findLocalStack(settings.home)
  if (local && (url === undefined || url === local.url)) return fixed(local.url, settings.token ?? local.token)
  if (url === undefined) {
    throw new Failure(
      'signedOut',
      'No server is known. Sign in with "constellation login https://…", or start one here with "npm start".',
    )
  }
  throw new Failure('signedOut', `Nobody is signed in at ${url}. Sign in with "constellation login ${url}".`)
}

interface Chosen {
  name: string
  context: Context
}

/** What is kept under the name, or of the address, or is the present one. */
function choose({ current, contexts }: Kept, url: string | undefined, name: string | undefined): Chosen | undefined {
  if (name !== undefined && url === undefined) {
    const context = contexts[name]
    if (context) return { name, context }
    throw misused(`There is no context ${name}. "constellation context" lists those that there are.`)
  }
  const wanted = Object.entries(contexts).find(([each, context]) =>
    url === undefined ? each === current : context.url === url,
  )
  return wanted && { name: wanted[0], context: wanted[1] }
}

function fixed(url: string, token: string) {
  return { url, token: async () => token }
}

/** A token of an issuer is renewed in time, and kept for whoever comes next. */
function renewing({ name, context }: Chosen, { file }: Settings) {
  if (!context.issuer?.refresh) return fixed(context.url, context.token)
  let held = context
  return {
    url: context.url,
    async token(refused?: string) {
      const { renewed } = await import('../sign-in/renew.ts')
      held = await renewed({ name, context: held, file, refused })
      return held.token
    },
  }
}
