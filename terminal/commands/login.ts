import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { type Call, has, textOf } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { Failure, misused } from '../failure.ts'
import { WhoAmIDocument } from '../generated/documents.ts'
import { openApi } from '../server/api.ts'
import { type Context, nameFor, readContexts, writeContexts } from '../server/contexts.ts'
import { findLocalStack, trimmed } from '../server/local-stack.ts'
import { contextOf, deviceEndpoint, findService } from '../sign-in/issuer.ts'
import { note, sayJson } from '../view/output.ts'

/** Signs in at a server and keeps who one is, for the commands that follow. */
export async function run(call: Call): Promise<number> {
  const settings = readSettings()
  const { url, localToken } = await whereTo(call, settings)
  const context = await signIn(call, url, localToken, settings)
  const { viewer } = await openApi({ url, token: async () => context.token }).ask(WhoAmIDocument, {})
  const name = textOf(call, 'name') ?? nameFor(url)
  const kept = await readContexts(settings.file)
  await writeContexts(settings.file, { current: name, contexts: { ...kept.contexts, [name]: context } })
  if (call.json) sayJson({ name, url, viewer })
  else note(`Signed in at ${url} as ${viewer.id} (${viewer.role}).`)
  return 0
}

async function whereTo(call: Call, settings: Settings): Promise<{ url: string; localToken: string | undefined }> {
  const named = call.typed.words[0] ?? textOf(call, 'url') ?? settings.url
  const local = await findLocalStack(settings.home)
  if (named === undefined && !local) throw misused('Say where: constellation login https://gpus.example')
  if (named !== undefined && !/^https?:\/\//.test(named))
    throw misused(`${named} is no address: it begins with https:// or http://.`)
  const url = trimmed(named ?? local?.url ?? '')
  return { url, localToken: local?.url === url ? local.token : undefined }
}

async function signIn(call: Call, url: string, localToken: string | undefined, settings: Settings): Promise<Context> {
  const given = await givenToken(call)
  if (given !== undefined) return { url, token: checked(given) }
  const byIssuer = has(call, 'device') || has(call, 'browser')
  if (localToken !== undefined && !byIssuer) return { url, token: localToken }
  const service = await findService(url)
  if (!service) {
    if (byIssuer) throw new Failure('refused', `${url} names no sign-in service. Use a token: --token-stdin.`)
    return { url, token: checked(await askForToken(url)) }
  }
  const device = has(call, 'browser') ? undefined : await deviceEndpoint(service)
  if (device !== undefined) {
    const { signInByDevice } = await import('../sign-in/device.ts')
    return contextOf(url, service, await signInByDevice(service, device))
  }
  if (has(call, 'device')) throw new Failure('refused', 'The sign-in service takes no codes. Use --browser.')
  const { signInByBrowser } = await import('../sign-in/browser.ts')
  return contextOf(url, service, await signInByBrowser(service, settings.browser))
}

async function givenToken(call: Call): Promise<string | undefined> {
  const file = textOf(call, 'token-file')
  if (has(call, 'token-stdin')) return await text(process.stdin)
  if (file === undefined) return textOf(call, 'token')
  return await readFile(file, 'utf8').catch((error) => {
    throw misused(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  })
}

/** It stands in a header, so it has no spaces in it. */
function checked(token: string): string {
  if (/^[\w.~+/=-]{1,8192}$/.test(token.trim())) return token.trim()
  throw misused('That is no token.')
}

/** Typed or pasted, and not shown. */
async function askForToken(url: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Failure('signedOut', `${url} wants a token: give it by --token-stdin.`)
  const { createInterface } = await import('node:readline/promises')
  const { Writable } = await import('node:stream')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  process.stderr.write(`A token for ${url} (the page makes them at ${url}/app/tokens): `)
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await prompt.question('')
  } finally {
    prompt.close()
    process.stderr.write('\n')
  }
}
