import { A } from '@solidjs/router'
import { untrack } from 'solid-js'
import styles from './lost.module.css'
import { words } from './words.ts'

/** Where an address leads nowhere. */
export function NotFound() {
  return (
    <section class={styles.lost}>
      <h1>{words.notFound.title}</h1>
      <p>{words.notFound.text}</p>
      <A href="/jobs">{words.notFound.back}</A>
    </section>
  )
}

/** Where the page's own code failed, such as a part of it that a newer server no longer has. */
export function Broken(props: { fault: unknown }) {
  console.error(untrack(() => props.fault))
  return (
    <section class={styles.lost} role="alert">
      <h1>{words.broken.title}</h1>
      <p>{words.broken.text}</p>
      <p class={styles.fault}>{props.fault instanceof Error ? props.fault.message : String(props.fault)}</p>
      <button type="button" class="button primary" onClick={() => location.reload()}>
        {words.broken.reload}
      </button>
    </section>
  )
}
