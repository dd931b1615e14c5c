import { type Call, has } from '../command.ts'
import { readSettings } from '../config.ts'
import { misused } from '../failure.ts'
import { readContexts, writeContexts } from '../server/contexts.ts'
import { note, say, sayJson } from '../view/output.ts'

/** Lists the servers that one has signed in at, chooses one of them, or forgets one. */
export async function run(call: Call): Promise<number> {
  const { file } = readSettings()
  const kept = await readContexts(file)
  const [name] = call.typed.words
  if (name === undefined) {
    const all = Object.entries(kept.contexts).map(([each, { url }]) => ({
      name: each,
      url,
      current: each === kept.current,
    }))
    if (call.json) sayJson(all)
    else if (all.length === 0) note('There is none. "constellation login https://…" makes one.')
    else for (const { name: each, url, current } of all) say(`${current ? '*' : ' '} ${each}  ${url}`)
    return 0
  }
  const { [name]: chosen, ...others } = kept.contexts
  if (!chosen) throw misused(`There is no context ${name}. "constellation context" lists those that there are.`)
  if (has(call, 'forget')) {
    await writeContexts(file, { current: kept.current === name ? null : kept.current, contexts: others })
    note(`${name} is forgotten.`)
  } else {
    await writeContexts(file, { ...kept, current: name })
    note(`Commands go to ${chosen.url} now.`)
  }
  return 0
}
