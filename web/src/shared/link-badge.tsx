import { useGraph } from './graph.ts'
import styles from './link-badge.module.css'
import { words } from './words.ts'

/** Says whether what is shown follows the server by itself. */
export function LinkBadge() {
  const { link } = useGraph()
  return (
    <span class={styles.badge} data-link={link()} role="status" title={words.link[link()].title}>
      <span class={styles.dot} />
      <span class={styles.text}>{words.link[link()].text}</span>
    </span>
  )
}
