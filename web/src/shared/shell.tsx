import { A } from '@solidjs/router'
import { createSignal, lazy, type ParentProps, Show, Suspense } from 'solid-js'
import { LinkBadge } from './link-badge.tsx'
import { Mark } from './mark.tsx'
import { PersonMenu } from './person-menu.tsx'
import styles from './shell.module.css'
import { type Prefill, SubmitContext } from './submit-context.ts'
import type { Identity } from './token.ts'
import { words } from './words.ts'

const SubmitDialog = lazy(() => import('../submit/submit-dialog.tsx'))

/** What stands around every page: the way about, the link, the person, and the dialog to submit a job. */
export function Shell(props: ParentProps<{ identity: Identity }>) {
  const [submitting, setSubmitting] = createSignal<{ prefill?: Prefill | undefined }>()
  return (
    <SubmitContext.Provider value={(prefill) => setSubmitting({ prefill })}>
      <a class={styles.skip} href="#content">
        {words.skip}
      </a>
      <header class={styles.bar}>
        <A href="/jobs" class={styles.brand} aria-label={words.brand}>
          <Mark size={24} />
          <span>{words.brand}</span>
        </A>
        <nav class={styles.nav} aria-label={words.nav.label}>
          <A href="/jobs">{words.nav.jobs}</A>
          <A href="/gpus">{words.nav.gpus}</A>
          <A href="/queue">{words.nav.queue}</A>
          <A href="/usage">{words.nav.usage}</A>
        </nav>
        <div class={styles.tools}>
          <LinkBadge />
          <button type="button" class="button primary" onClick={() => setSubmitting({})}>
            {words.submit}
          </button>
          <PersonMenu identity={props.identity} />
        </div>
      </header>
      <main id="content" class={styles.content} tabindex="-1">
        <Suspense>{props.children}</Suspense>
      </main>
      <Show when={submitting()}>
        {(opened) => (
          <Suspense>
            <SubmitDialog
              accounts={props.identity.accounts}
              prefill={opened().prefill}
              onClose={() => setSubmitting(undefined)}
            />
          </Suspense>
        )}
      </Show>
    </SubmitContext.Provider>
  )
}
