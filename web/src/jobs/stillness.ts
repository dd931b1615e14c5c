// While somebody points at the rows or is among them with the keyboard, the list stands still.
import { type Accessor, createSignal } from 'solid-js'

/** `watch` is the ref of what holds the rows. */
export function createStillness(): { still: Accessor<boolean>; watch: (element: HTMLElement) => void } {
  const [pointed, setPointed] = createSignal(false)
  const [focused, setFocused] = createSignal(false)
  const watch = (element: HTMLElement) => {
    // A finger leaves nothing where it was.
    element.addEventListener('pointerenter', ({ pointerType }) => setPointed(pointerType !== 'touch'))
    element.addEventListener('pointerleave', () => setPointed(false))
    element.addEventListener('focusin', ({ target }) => setFocused(target instanceof Element && isInRow(target)))
    element.addEventListener('focusout', () => setFocused(false))
  }
  return { still: () => pointed() || focused(), watch }
}

function isInRow(element: Element): boolean {
  return element.closest('tbody') !== null
}
