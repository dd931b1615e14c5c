import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import styles from './time-tip.module.css'

interface Tip {
  text: string
  left: number
  top: number
}

/** Whoever comes by the keyboard, or by touch, reads exact times as others do who point at them. */
export default function TimeTip() {
  const [tip, setTip] = createSignal<Tip>()
  const show = ({ target }: FocusEvent) => setTip(target instanceof HTMLElement ? tipOf(target) : undefined)
  const hide = () => setTip(undefined)
  const events = ['focusout', 'scroll', 'resize'] as const
  onMount(() => {
    addEventListener('focusin', show)
    // It comes with the first focus.
    if (document.activeElement instanceof HTMLElement) setTip(tipOf(document.activeElement))
    for (const each of events) addEventListener(each, hide, { passive: true })
  })
  onCleanup(() => {
    removeEventListener('focusin', show)
    for (const each of events) removeEventListener(each, hide)
  })
  return (
    <Show when={tip()}>
      {(shown) => (
        // What it says is the title of what has the focus, which is read out as it is.
        <div class={styles.tip} aria-hidden="true" style={{ left: `${shown().left}px`, top: `${shown().top}px` }}>
          {shown().text}
        </div>
      )}
    </Show>
  )
}

const EXACT = '[data-exact]'
/** Its width at most, and how far it stays from the screen's edge, in pixels. */
const WIDTH = 300
const EDGE = 8

/** The exact times of the element, or of the row of a table that it leads from; undefined where there are none. */
function tipOf(focused: HTMLElement): Tip | undefined {
  const row = focused.matches('td a:focus-visible') ? focused.closest('tr') : null
  const times = focused.matches(EXACT) ? [focused] : [...(row?.querySelectorAll<HTMLElement>(EXACT) ?? [])]
  const [first] = times
  if (!first) return undefined
  const { left, bottom } = first.getBoundingClientRect()
  return {
    text: times.map(({ title }) => title).join('\n'),
    left: Math.max(EDGE, Math.min(left, innerWidth - WIDTH - EDGE)),
    top: bottom + EDGE / 2,
  }
}
