import { createMemo, For, Show } from 'solid-js'
import type { AccountShareFragment } from '../generated/documents.ts'
import { sayPercent } from '../shared/amounts.ts'
import { words as everywhere } from '../shared/words.ts'
import styles from './accounts.module.css'
import { words } from './words.ts'

/** What each account has had of late against what it is due, and what it holds of what it may: as bars. */
export function AccountsTable(props: { accounts: readonly AccountShareFragment[] }) {
  const sorted = createMemo(() =>
    props.accounts.toSorted(
      (a, b) => b.dueShare - a.dueShare || b.recentShare - a.recentShare || b.gpusHeld - a.gpusHeld,
    ),
  )
  /** The bars of shares are as wide as the largest of them. */
  const widest = () => Math.max(0.01, ...props.accounts.flatMap(({ recentShare, dueShare }) => [recentShare, dueShare]))
  return (
    <section class={`panel ${styles.panel}`} aria-labelledby="accounts">
      <h2 id="accounts" class="panel-title">
        {words.accounts.title}
      </h2>
      <Show when={props.accounts.length > 0} fallback={<p class="muted panel-none">{words.accounts.none}</p>}>
        <table class={`rows ${styles.table}`}>
          <thead>
            <tr>
              <th>{words.accounts.account}</th>
              <th class={styles.share} title={words.accounts.shareTitle}>
                {words.accounts.share}
              </th>
              <th class={styles.quota}>{words.accounts.gpus}</th>
              <th class={`${styles.quota} ${styles.wide}`}>{words.accounts.runs}</th>
              <th class={`${styles.quota} ${styles.wide}`}>{words.accounts.queued}</th>
              <th class={`${styles.weight} number`}>{words.accounts.weight}</th>
            </tr>
          </thead>
          <tbody>
            <For each={sorted()}>{(account) => <Account account={account} widest={widest()} />}</For>
          </tbody>
        </table>
      </Show>
    </section>
  )
}

function Account(props: { account: AccountShareFragment; widest: number }) {
  return (
    <tr>
      <td class={styles.name}>{props.account.id}</td>
      <td class={styles.share}>
        <Share {...props} />
      </td>
      <td>
        <Quota label={words.accounts.gpus} held={props.account.gpusHeld} most={props.account.maxGpus} />
      </td>
      <td class={styles.wide}>
        <Quota label={words.accounts.runs} held={props.account.runsLive} most={props.account.maxRuns} />
      </td>
      <td class={styles.wide}>
        <Quota label={words.accounts.queued} held={props.account.jobsQueued} most={props.account.maxQueuedJobs} />
      </td>
      <td class={`${styles.weight} number`}>{props.account.weight}</td>
    </tr>
  )
}

/** A bar for what it had, and a mark where its due is. */
function Share(props: { account: AccountShareFragment; widest: number }) {
  const part = (share: number) => `${(share / props.widest) * 100}%`
  const isActive = () => props.account.dueShare > 0 || props.account.recentShare > 0
  return (
    <Show when={isActive()} fallback={<span class="muted">{everywhere.none}</span>}>
      <div
        class={styles.bar}
        data-over={props.account.recentShare > props.account.dueShare * 1.05 ? '' : undefined}
        style={{ '--part': part(props.account.recentShare), '--due': part(props.account.dueShare) }}
        aria-hidden="true"
      />
      <span class={styles.figure}>
        {words.accounts.shareText(sayPercent(props.account.recentShare), sayPercent(props.account.dueShare))}
      </span>
    </Show>
  )
}

/** How much it holds; as a bar where there is a limit. */
function Quota(props: { label: string; held: number; most: number | null }) {
  return (
    <>
      <Show when={props.most}>
        {(most) => (
          <div
            class={`${styles.bar} ${styles.quotaBar}`}
            data-full={props.held >= most() ? '' : undefined}
            style={{ '--part': `${Math.min(1, props.held / most()) * 100}%` }}
            aria-hidden="true"
          />
        )}
      </Show>
      <span
        class={props.most === null ? undefined : styles.figure}
        title={props.most === null ? words.accounts.noLimit : undefined}
      >
        {words.accounts.of(props.held, props.most)}
      </span>
    </>
  )
}
