// What goes to the person or to the next program: answers to stdout, everything else to stderr.
import { type Paint, paintFor } from './paint.ts'

export const paint: Paint = paintFor(process.stdout)
export const paintNote: Paint = paintFor(process.stderr)

/** A line of the answer. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A line about what happens, which is no part of the answer. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One value, indented for people. */
export function sayJson(value: unknown): void {
  say(JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined))
}

/** One of several values: each a line. */
export function sayJsonLine(value: unknown): void {
  say(JSON.stringify(value))
}

/** Waits until the reader has taken it, where its buffer is full. */
export function write(stream: NodeJS.WriteStream, text: string): Promise<void> | void {
  if (stream.write(text)) return
  return new Promise((resolve) => {
    const go = () => {
      stream.off('drain', go)
      stream.off('close', go)
      resolve()
    }
    stream.on('drain', go)
    stream.on('close', go)
  })
}

/** How wide a table may be; null where nobody looks at it, and nothing is cut. */
export function tableWidth(): number | null {
  return process.stdout.isTTY ? process.stdout.columns || 80 : null
}
