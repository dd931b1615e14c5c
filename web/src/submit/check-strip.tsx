import { For, Show } from 'solid-js'
import { sayReason } from '../shared/say-reason.ts'
import { Soon } from '../shared/time.tsx'
import type { Check, Checking } from './check.ts'
import styles from './check-strip.module.css'
import { words } from './words.ts'

/** Whether this could run, when and where; in full when it is opened. */
export function CheckStrip(props: { checking: Checking }) {
  return (
    <section class={styles.strip} aria-label={words.check.label} aria-busy={props.checking.busy()}>
      <Show when={known(props.checking)} fallback={<p class={styles.none}>{sayNone(props.checking)}</p>}>
        {(check) => (
          <details class={styles.details}>
            <summary class={styles.summary} data-tone={toneOf(check())}>
              <span class={styles.dot} aria-hidden="true" />
              <span class={styles.verdict} aria-live="polite">
                {sayVerdict(check())}
              </span>
              <span class={styles.message}>{check().reason === 'STARTING' ? '' : sayReason(check().message)}</span>
              <Show when={check().reason !== 'STARTING' && check().eta}>
                {(eta) => (
                  <span class={styles.eta}>
                    {words.check.starts} <Soon at={eta()} />
                  </span>
                )}
              </Show>
            </summary>
            <Workers check={check()} />
          </details>
        )}
      </Show>
    </section>
  )
}

function Workers(props: { check: Check }) {
  const able = () => props.check.workers.filter(({ possible }) => possible).length
  return (
    <div class={styles.workers}>
      <p class="hint">{words.check.workers(able(), props.check.workers.length)}</p>
      <ul>
        <For each={props.check.workers}>
          {(fit) => (
            <li data-possible={fit.possible ? '' : undefined}>
              <span class={styles.host}>{fit.worker.hostname}</span>
              <span class="muted">{sayFit(fit)}</span>
            </li>
          )}
        </For>
      </ul>
    </div>
  )
}

function sayFit(fit: Check['workers'][number]): string {
  if (!fit.possible) return fit.reason ?? ''
  return fit.gpusThatFit > 0 ? words.check.gpus(fit.gpusFree, fit.gpusThatFit) : words.check.slots
}

/** What is wrong with the input is said at its fields, and not here. */
function known({ check, error }: Checking): Check | undefined {
  const last = check()
  return error() || !last || last.problems.length > 0 ? undefined : last
}

function sayNone({ check, error, busy }: Checking): string {
  if (error()) return words.check.failed
  return busy() && !check() ? words.check.checking : words.check.incomplete
}

function toneOf({ possible, reason }: Check): 'good' | 'wait' | 'bad' {
  if (!possible) return 'bad'
  return reason === 'STARTING' || reason === null ? 'good' : 'wait'
}

function sayVerdict(check: Check): string {
  return { good: words.check.now, wait: words.check.waits, bad: words.check.never }[toneOf(check)]
}
