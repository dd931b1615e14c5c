import { createEffect, createSignal } from 'solid-js'

const KEY = 'constellation.theme'

export const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

const [theme, setTheme] = createSignal<Theme>(THEMES.find((each) => each === localStorage.getItem(KEY)) ?? 'system')

export { setTheme, theme }

/** Applies the reader's choice: `system` leaves it to the browser. */
export function followTheme(): void {
  createEffect(() => {
    localStorage.setItem(KEY, theme())
    document.documentElement.style.colorScheme = theme() === 'system' ? 'light dark' : theme()
  })
}
