// What an operation was done to: the ids, names and accounts that it was given, and the ids of what it made.

const NAMING = /^(id|ids|name|account|\w+Ids?)$/
const MOST = 100
const LONGEST = 128
/** How deep arguments are looked into; a payload holds things, or lists of them. */
const DEPTH_OF_ARGUMENTS = 2
const DEPTH_OF_ANSWER = 1

/** Each once, in the order in which they are met. */
export function targetsOf(given: object, answer: unknown): string[] {
  const found = new Set<string>()
  collect(given, found, DEPTH_OF_ARGUMENTS, (name) => NAMING.test(name))
  collect(answer, found, DEPTH_OF_ANSWER, (name) => name === 'id')
  return [...found].slice(0, MOST)
}

function collect(value: unknown, found: Set<string>, depth: number, isWanted: (name: string) => boolean): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value.slice(0, MOST)) collect(item, found, depth, isWanted)
    return
  }
  for (const [name, inner] of Object.entries(value)) {
    if (isWanted(name)) for (const text of textsIn(inner)) found.add(text.slice(0, LONGEST))
    else if (depth > 0) collect(inner, found, depth - 1, isWanted)
  }
}

function textsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string')
}
