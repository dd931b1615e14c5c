import { type Accessor, createEffect } from 'solid-js'
import { words } from './words.ts'

/** The title of the browser's tab. */
export function setTitle(title: Accessor<string>): void {
  createEffect(() => {
    document.title = `${title()} · ${words.brand}`
  })
}
