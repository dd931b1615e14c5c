// HTML that is put together from texts: whatever is put in is escaped, unless it is HTML already.

export interface Html {
  html: string
}

type Part = string | number | Html | readonly Html[]

/** A template of HTML. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, i) => text + (i < parts.length ? toHtml(parts[i] ?? '') : '')).join('') }
}

function toHtml(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'html' in part ? part.html : part.map((one) => one.html).join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
