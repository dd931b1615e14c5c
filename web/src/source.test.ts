// What holds for the source of the whole page, read as text.
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const files = globSync('**/*.{ts,tsx}', {
  cwd: import.meta.dirname,
  exclude: (file) => /(^|\/)generated(\/|$)|\.test\.ts$/.test(file),
}).map((name) => ({ name, lines: withoutComments(readFileSync(`${import.meta.dirname}/${name}`, 'utf8')).split('\n') }))

/** Where lines look like that, by file and number. */
function places(pattern: RegExp, isLookedAt: (file: string) => boolean = () => true): string[] {
  return files
    .filter(({ name }) => isLookedAt(name))
    .flatMap(({ name, lines }) =>
      lines.flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1}: ${line.trim()}`] : [])),
    )
}

/** With as many lines as before. */
function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
}

test('components say nothing by themselves: all text comes from words, which can be translated', () => {
  const isComponent = (file: string) => file.endsWith('.tsx')
  expect(places(/^\s*[A-Z][a-z]+( [a-z]+)+[.?!]?$/, isComponent)).toEqual([])
  expect(places(/<[a-z][\w.]*[^<>]*>\s*[A-Za-z][^<>{}]*<\//, isComponent)).toEqual([])
  expect(places(/\b(title|aria-label|placeholder|alt|label)="[^"]*[A-Za-z]/, isComponent)).toEqual([])
})

test('sentences stand in words alone, but for those of faults that nobody should see', () => {
  // Shortcuts are lists of words, and what an action means is put together where it is decided.
  const isNotWords = (file: string) => !/words\.ts$|\/shortcuts\.ts$|^operate\/actions\.ts$/.test(file)
  expect(places(/^(?!.*(new Error|throw)).*(['`])[A-Z][a-z]+ [a-z][^'`]*\2/, isNotWords)).toEqual([])
})

test('what the server answers has no type but the generated one, and nothing is cast', () => {
  const cast = /^(?!\s*(import|export)\b)[^'`"]*[\w)\]}] as (?!const\b|keyof\b|everywhere\b)[A-Za-z{(]/
  // A script in Python that people may copy.
  expect(places(cast, (file) => file !== 'job/copy-as.ts')).toEqual([])
  expect(places(/<any>|: any\b|@ts-(ignore|expect-error)/)).toEqual([])
  expect(places(/\bgql`|graphql\(`/)).toEqual([])
})
