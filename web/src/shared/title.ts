import { type Accessor, createEffect, createSignal } from 'solid-js'
import { words } from './words.ts'

const [pageTitle, setPageTitle] = createSignal('')

/** What the page that is shown calls itself. */
export { pageTitle }

/** The title of the browser's tab. */
export function setTitle(title: Accessor<string>): void {
  createEffect(() => {
    setPageTitle(title())
    document.title = `${title()} · ${words.brand}`
  })
}
