// Changes the text of sources as Node loads them. A text that is not found, or found twice, is an error, and so is a
// source that is not loaded at all: a mutant that changes nothing would be tested in vain.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { repositoryRoot } from '@constellation/local/repository.ts'
import type { Edit } from './config.ts'

/** Looks whether each edit fits the sources as they are. @throws Error naming the first that does not */
export function checkEdits(edits: readonly Edit[]): void {
  for (const [file, changes] of byFile(edits)) {
    changes.reduce((source, edit) => applyEdit(source, edit), readFileSync(path.join(repositoryRoot, file), 'utf8'))
  }
}

/**
 * To be called before the sources are loaded; what it returns is to be called after that.
 * @throws Error there where a source was not loaded
 */
export function changeSources(edits: readonly Edit[]): () => void {
  const wanted = new Map(
    [...byFile(edits)].map(([file, changes]) => [pathToFileURL(path.join(repositoryRoot, file)).href, changes]),
  )
  const missing = new Set(wanted.keys())
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const changes = wanted.get(url)
      if (!changes) return loaded
      missing.delete(url)
      const text =
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source ?? undefined)
      return { ...loaded, source: changes.reduce((source, edit) => applyEdit(source, edit), text) }
    },
  })
  return () => {
    if (missing.size > 0) throw new Error(`A mutant does not fit: ${[...missing].join(', ')} was not loaded.`)
  }
}

function byFile(edits: readonly Edit[]): Map<string, Edit[]> {
  return Map.groupBy(edits, (edit) => edit.file)
}

/** The text with the edit made. @throws Error unless what is to be replaced is there exactly once */
function applyEdit(source: string, { file, find, replace }: Edit): string {
  const places = source.split(find).length - 1
  if (places !== 1)
    throw new Error(`A mutant does not fit: ${file} has ${places} times the text ${JSON.stringify(find)}.`)
  return source.replace(find, () => replace)
}
