import type { Call } from '../command.ts'
import { Failure } from '../failure.ts'
import { WhoAmIDocument } from '../generated/documents.ts'
import { VERSION } from '../version.ts'
import { say, sayJson } from '../view/output.ts'

/** This program's version, and the server's where one is known and answers. */
export async function run(call: Call): Promise<number> {
  const server = await serverOf(call)
  if (call.json) sayJson({ version: VERSION, server })
  else {
    say(`constellation ${VERSION}`)
    if (server) say(`server ${server.version} at ${server.url}`)
  }
  return 0
}

async function serverOf(call: Call): Promise<{ url: string; version: string } | null> {
  try {
    const api = await call.open()
    return { url: api.url, version: (await api.ask(WhoAmIDocument, {})).version }
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}
