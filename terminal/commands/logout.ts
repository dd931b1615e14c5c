import type { Call } from '../command.ts'
import { readSettings } from '../config.ts'
import { readContexts, writeContexts } from '../server/contexts.ts'
import { note } from '../view/output.ts'

/** Forgets the token of the present context, or of one by its name. */
export async function run(call: Call): Promise<number> {
  const { file } = readSettings()
  const kept = await readContexts(file)
  const name = call.typed.words[0] ?? kept.current
  if (name === null || !kept.contexts[name]) {
    note('Nobody is signed in.')
    return 0
  }
  const { [name]: _, ...others } = kept.contexts
  await writeContexts(file, { current: kept.current === name ? null : kept.current, contexts: others })
  note(`Signed out of ${name}. A token that was made at the page holds until it is revoked there.`)
  return 0
}
