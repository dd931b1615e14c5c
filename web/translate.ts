import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/**
 * Builds the page in another language: where there is a `words.de.ts` beside `words.ts`, it stands in for that one. No
 * reader loads a language that is not theirs. `language` is as in `<html lang>`.
 */
export function translate(language: string): Plugin {
  return {
    name: 'translate',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer || !/^\..*(words|language)\.ts$/.test(source)) return null
      const translated = path.resolve(path.dirname(importer), source.replace(/ts$/, `${language}.ts`))
      return existsSync(translated) ? translated : null
    },
    transformIndexHtml: (html) => html.replace('<html lang="en">', `<html lang="${language}">`),
  }
}
