import { createSignal, type ParentProps, Show } from 'solid-js'
import { inTurn } from './in-turn.ts'

/** What is below the rest of a page, made in a task of its own once the rest is there. */
export function Later(props: ParentProps) {
  const [isTurn, setTurn] = createSignal(false)
  inTurn(() => setTurn(true))
  return <Show when={isTurn()}>{props.children}</Show>
}
