import { For } from 'solid-js'
import styles from './keys.module.css'

/** What is written on a key, where that is not its name. */
const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
  Mod: /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl',
}

/** Keys as they look, of a shortcut such as `g j` or `Mod+k`. */
export function Keys(props: { keys: string }) {
  const keys = () => props.keys.split(/[ +,]+/).filter(Boolean)
  return (
    <span class={styles.keys}>
      <For each={keys()}>{(key) => <kbd>{SIGNS[key] ?? key}</kbd>}</For>
    </span>
  )
}
