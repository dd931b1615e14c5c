/** The number of a line, from 1, where one is typed: `120`, `:120` or `line 120`. */
export function lineTyped(text: string): number | undefined {
  const [, digits] = /^(?:line\s*|:)?(\d{1,10})$/i.exec(text.trim()) ?? []
  return digits !== undefined && Number(digits) > 0 ? Number(digits) : undefined
}
