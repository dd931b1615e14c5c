import { createMemo, For, Show } from 'solid-js'
import { sayWhole } from '../shared/language.ts'
import { sayError } from '../shared/say-error.ts'
import { Soon } from '../shared/time.tsx'
import { setTitle } from '../shared/title.ts'
import { AccountsTable } from './accounts-table.tsx'
import { createLiveQueue, type LiveQueue } from './live-queue.ts'
import { MachinesPanel } from './machines-panel.tsx'
import { mayMove } from './may-move.ts'
import { gpusAsked } from './needs.ts'
import styles from './queue-page.module.css'
import { queueShortcuts } from './shortcuts.ts'
import { WaitingGroups } from './waiting-groups.tsx'
import { words } from './words.ts'

/** What waits for what, who is due how much, and what the GPUs do now and next. */
export default function QueuePage() {
  setTitle(() => words.title)
  const queue = createLiveQueue()
  const waiting = () => queue.jobs('gpus').length + queue.jobs('slots').length
  return (
    <>
      <div class={styles.head}>
        <h1>{words.title}</h1>
      </div>
      <Show when={queue.error()}>
        {(error) => (
          <p class={`notice bad ${styles.notice}`} role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <Show when={queue.known()} fallback={<p class={styles.loading}>{queue.error() ? '' : words.loading}</p>}>
        <Summary queue={queue} />
        <Show when={queue.problem()}>
          {(reason) => (
            <p class={`notice bad ${styles.notice}`} role="alert">
              {words.move.refused(reason())}
            </p>
          )}
        </Show>
        <Show when={waiting() > 0} fallback={<Empty />}>
          <WaitingGroups queue={queue} kind="gpus" />
          <WaitingGroups queue={queue} kind="slots" />
          <Show when={queue.hasMore()}>
            <p class={styles.more}>
              <button type="button" class="button" onClick={queue.showMore}>
                {words.more}
              </button>
            </p>
          </Show>
        </Show>
        <Show when={mayMove() && queue.jobs('gpus').length + queue.jobs('slots').length > 1}>
          <Keys />
        </Show>
        <MachinesPanel gpus={queue.gpus()} jobs={queue.jobs('gpus')} />
        <AccountsTable accounts={queue.accounts()} />
      </Show>
    </>
  )
}

/** The keys that move jobs, where there is room to say so. */
function Keys() {
  return (
    <ul class={styles.keys}>
      <For each={queueShortcuts}>
        {({ keys, text }) => (
          <li>
            <kbd>{keys}</kbd> {text}
          </li>
        )}
      </For>
    </ul>
  )
}

function Empty() {
  return (
    <section class={`panel ${styles.empty}`}>
      <h2>{words.empty.title}</h2>
      <p class="muted">{words.empty.text}</p>
    </section>
  )
}

/** The queue in figures. Where it is cut, they are of what is shown, with a plus. */
function Summary(props: { queue: LiveQueue }) {
  const all = () => [...props.queue.jobs('gpus'), ...props.queue.jobs('slots')]
  const plus = () => (props.queue.isCut() ? '+' : '')
  const next = createMemo(() => {
    const etas = all().flatMap(({ queue }) => (queue?.position == null ? [] : (queue.eta ?? [])))
    return etas.toSorted()[0]
  })
  const free = () => props.queue.gpus().filter(({ inUse, state }) => !inUse && state === 'AVAILABLE').length
  return (
    <dl class={`panel ${styles.facts}`} aria-label={words.summary.label}>
      <div>
        <dt>{words.summary.waiting}</dt>
        <dd>
          {sayWhole(all().length)}
          {plus()}
        </dd>
      </div>
      <div>
        <dt>{words.summary.gpusAsked}</dt>
        <dd>
          {sayWhole(gpusAsked(all()))}
          {plus()}
        </dd>
      </div>
      <div>
        <dt>{words.summary.gpusFree}</dt>
        <dd>{sayWhole(free())}</dd>
      </div>
      <div>
        <dt>{words.summary.next}</dt>
        <dd>
          <Show when={next()} fallback={<span class="muted">{words.unknown}</span>}>
            {(eta) => <Soon at={eta()} />}
          </Show>
        </dd>
      </div>
    </dl>
  )
}
