// Changes the text of sources as Node loads them. A text that is not found, or found twice, is an error: a mutant that
// changes nothing would be tested in vain.
import { registerHooks } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { repositoryRoot } from '@constellation/local/repository.ts'
import type { Edit } from './config.ts'

/** To be called before the sources are loaded. */
export function changeSources(edits: readonly Edit[]): void {
  const wanted = new Map<string, Edit[]>()
  for (const edit of edits) {
    const url = pathToFileURL(path.join(repositoryRoot, edit.file)).href
    wanted.set(url, [...(wanted.get(url) ?? []), edit])
  }
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const changes = wanted.get(url)
      if (!changes) return loaded
      const text =
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source ?? undefined)
      return { ...loaded, source: changes.reduce((source, edit) => applyEdit(source, edit, fileURLToPath(url)), text) }
    },
  })
}

/** The text with the edit made. @throws Error unless what is to be replaced is there exactly once */
function applyEdit(source: string, { find, replace }: Edit, file: string): string {
  const places = source.split(find).length - 1
  if (places !== 1)
    throw new Error(`A mutant does not fit: ${file} has ${places} times the text ${JSON.stringify(find)}.`)
  return source.replace(find, () => replace)
}
