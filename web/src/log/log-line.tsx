import { For, type JSX } from 'solid-js'
import styles from './log-view.module.css'
import { PLAIN, type TextStyle } from './style.ts'
import type { Line } from './terminal.ts'

/** One line, numbered from 1. */
export function LogLine(props: { line: Line }) {
  return (
    <div class={styles.line}>
      <span class={styles.number} aria-hidden="true">
        {props.line.number + 1}
      </span>
      <span class={styles.text}>
        <For each={props.line.segments}>
          {(segment) => (
            <span data-stream={segment.stream} style={cssOf(segment.style)}>
              {segment.text}
            </span>
          )}
        </For>
      </span>
    </div>
  )
}

function cssOf(style: TextStyle): JSX.CSSProperties | undefined {
  if (style === PLAIN) return undefined
  const [fg, bg] = style.inverse ? [style.bg ?? 'var(--surface)', style.fg ?? 'currentcolor'] : [style.fg, style.bg]
  return {
    color: fg,
    'background-color': bg,
    'font-weight': style.bold ? '600' : undefined,
    opacity: style.dim ? '0.65' : undefined,
    'font-style': style.italic ? 'italic' : undefined,
    'text-decoration': style.underline ? 'underline' : undefined,
  }
}
