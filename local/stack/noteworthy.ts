// Which lines of a program's log the person at the terminal sees.
import * as v from 'valibot'

/** pino's number for warnings; errors have higher ones. */
const WARN = 40

const logLine = v.object({
  level: v.number(),
  msg: v.optional(v.string(), ''),
  err: v.optional(v.object({ message: v.string() })),
})

/**
 * What to show of a line: the message of a warning or an error, or the line itself where it is no line of a
 * log, such as the stack of a crash.
 * @returns undefined where there is nothing to show
 */
export function noteworthy(line: string): string | undefined {
  const parsed = parse(line)
  if (!parsed) return harmless(line)
  if (parsed.level < WARN) return undefined
  const cause = parsed.err?.message
  // The log joins an error's sentence and that of its cause by a colon.
  return harmless(cause && cause !== parsed.msg ? `${parsed.msg}: ${cause.replaceAll('.: ', ': ')}` : parsed.msg)
}

/** What people have written may stand in a message, and a terminal obeys some of it. */
function harmless(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\p{Cf}]+/gu, ' ')
}

function parse(line: string): v.InferOutput<typeof logLine> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const result = v.safeParse(logLine, JSON.parse(line))
    return result.success ? result.output : undefined
  } catch {
    return undefined // Not JSON: a line of some library.
  }
}
