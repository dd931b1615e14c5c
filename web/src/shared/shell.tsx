import { A } from '@solidjs/router'
import { createSignal, lazy, onMount, type ParentProps, Show, Suspense } from 'solid-js'
import { Arrival } from './arrival.tsx'
import { Keys } from './keys.tsx'
import { LinkBadge } from './link-badge.tsx'
import { Mark } from './mark.tsx'
import { createPageKeys } from './page-keys.ts'
import { PersonMenu } from './person-menu.tsx'
import { maySubmit } from './roles.ts'
import styles from './shell.module.css'
import { type Prefill, SubmitContext } from './submit-context.ts'
import type { Identity } from './token.ts'
import { createTypedAhead } from './typed-ahead.ts'
import { words } from './words.ts'

const SubmitDialog = lazy(() => import('../submit/submit-dialog.tsx'))
const TimeTip = lazy(() => import('./time-tip.tsx'))
const Palette = lazy(() => import('../palette/palette.tsx'))
const ShortcutsSheet = lazy(() => import('../shortcuts/shortcuts-sheet.tsx'))

/** What stands around every page: the way about, the link, the person, and the dialog to submit a job. */
export function Shell(props: ParentProps<{ identity: Identity }>) {
  const [submitting, setSubmitting] = createSignal<{ prefill?: Prefill | undefined }>()
  const [over, setOver] = createSignal<'palette' | 'shortcuts'>()
  const submit = maySubmit() ? () => setSubmitting({}) : undefined
  const typedAhead = createTypedAhead()
  const openPalette = () => {
    if (over() !== 'palette') typedAhead.begin()
    setOver('palette')
  }
  const showShortcuts = () => setOver('shortcuts')
  createPageKeys({ openPalette, openSheet: showShortcuts, submit })
  // Nobody needs it who only points.
  const [tabbed, setTabbed] = createSignal(false)
  onMount(() => addEventListener('focusin', () => setTabbed(true), { once: true }))
  let main: HTMLElement | undefined
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
          <FindButton onClick={openPalette} />
          <Show when={submit}>
            <button type="button" class="button primary" onClick={submit}>
              {words.submit}
            </button>
          </Show>
          <PersonMenu identity={props.identity} onShowShortcuts={showShortcuts} />
        </div>
      </header>
      <Arrival main={() => main} />
      <main ref={main} id="content" class={styles.content} tabindex="-1">
        <Suspense>{props.children}</Suspense>
      </main>
      <Suspense>
        <Show when={tabbed()}>
          <TimeTip />
        </Show>
      </Suspense>
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
      <Suspense>
        <Show when={over() === 'palette'}>
          <Palette
            identity={props.identity}
            doings={{ submit, showShortcuts }}
            takeTyped={typedAhead.take}
            onClose={() => setOver(undefined)}
          />
        </Show>
        <Show when={over() === 'shortcuts'}>
          <ShortcutsSheet onClose={() => setOver(undefined)} />
        </Show>
      </Suspense>
    </SubmitContext.Provider>
  )
}

/** Opens the palette, and says by which keys that goes faster. */
function FindButton(props: { onClick: () => void }) {
  return (
    <button type="button" class={`button ${styles.find}`} aria-keyshortcuts="Control+K Meta+K" onClick={props.onClick}>
      <svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" aria-hidden="true">
        <circle cx="7" cy="7" r="4.5" stroke-width="1.5" />
        <path d="m10.5 10.5 3.5 3.5" stroke-width="1.5" stroke-linecap="round" />
      </svg>
      <span>{words.find}</span>
      <Keys keys="Mod+K" />
    </button>
  )
}
