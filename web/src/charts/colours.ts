// Colours of the theme for a canvas, which knows no custom properties.
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { theme } from '../shared/theme.ts'

/** A custom property's colour as it is on this element now, such as `rgb(79, 70, 229)`. */
export function colourOn(element: HTMLElement, property: string): string {
  const probe = element.appendChild(document.createElement('span'))
  probe.style.color = `var(${property})`
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}

/** The same colour, seen through by so much: `share` from 0 to 1. */
export function faint(colour: string, share: number): string {
  return colour.replace(/^rgb\(/, 'rgba(').replace(/\)$/, `, ${share})`)
}

/** Changes whenever the theme does, by the reader's choice or the system's. */
export function createThemeSignal(): Accessor<string> {
  const query = matchMedia('(prefers-color-scheme: dark)')
  const [dark, setDark] = createSignal(query.matches)
  const listen = () => setDark(query.matches)
  query.addEventListener('change', listen)
  onCleanup(() => query.removeEventListener('change', listen))
  return () => `${theme()} ${dark()}`
}
