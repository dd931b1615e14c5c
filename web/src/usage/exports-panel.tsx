import { createEffect, createSignal, For, Index, Show } from 'solid-js'
import {
  CancelUsageExportDocument,
  RequestUsageExportDocument,
  type UsageExportFormat,
  type UsageExportFragment,
  UsageExportsDocument,
} from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { sayWhole } from '../shared/language.ts'
import { onceUsed } from '../shared/once-used.ts'
import { createPolled } from '../shared/polled.ts'
import { sayError } from '../shared/say-error.ts'
import { Ago, Soon } from '../shared/time.tsx'
import type { Asked } from './asked.ts'
import { toFilter } from './asked.ts'
import { EXPORT_FORMATS, fullHours, isUnderWay, sayBytes } from './exports.ts'
import styles from './exports-panel.module.css'
import panels from './panels.module.css'
import { Statement } from './statement.tsx'
import table from './usage-table.module.css'
import { seesOthers } from './who.ts'
import { words } from './words.ts'

/** How often is asked how far it is, in milliseconds: while something is written, and else. */
const ROUND_MS: Readonly<Record<'busy' | 'calm', number>> = { busy: 1_000, calm: 30_000 }

/** Files of the ledger, every hour of every run within what is shown: asked for, written, fetched. */
export default function ExportsPanel(props: { asked: Asked }) {
  const { client } = useGraph()
  const [asks, setAsks] = createSignal(0)
  const [every, setEvery] = createSignal(ROUND_MS.calm)
  const [busy, setBusy] = createSignal(false)
  const [failed, setFailed] = createSignal<string>()
  const again = () => setAsks((count) => count + 1)
  const list = createPolled(
    UsageExportsDocument,
    () => ({}),
    () => '',
    every,
    asks,
  )
  createEffect(() => setEvery(list.data()?.usageExports?.some(isUnderWay) ? ROUND_MS.busy : ROUND_MS.calm))
  const request = async (format: UsageExportFormat) => {
    setBusy(true)
    const input = { format, range: fullHours(props.asked.stretch), filter: toFilter(props.asked.filter) }
    const { error } = await client.mutation(RequestUsageExportDocument, { input }).toPromise()
    setBusy(false)
    setFailed(error && sayError(error))
    again()
  }
  const cancel = async (id: string) => {
    const { error } = await client.mutation(CancelUsageExportDocument, { id }).toPromise()
    setFailed(error && sayError(error))
    again()
  }
  const shown = () => (list.data()?.usageExports ?? []).filter(({ state }) => state !== 'CANCELLED')
  return (
    <section class={`panel ${panels.panel}`} aria-labelledby="exports">
      <header class={panels.head}>
        <h2 id="exports">{words.exports.title}</h2>
        <span class={panels.note}>{words.exports.note}</span>
        <Show when={props.asked.filter.account}>
          {(account) => <Statement account={account()} stretch={props.asked.stretch} onFault={setFailed} />}
        </Show>
        <Request busy={busy()} mayFocus={props.asked.stretch.from !== null} onRequest={request} />
      </header>
      <p class={`problem ${styles.problem}`} role="alert">
        {failed()}
      </p>
      <Show when={shown().length > 0} fallback={<p class={`muted ${panels.none}`}>{words.exports.none}</p>}>
        <table class={`rows ${table.table}`}>
          <thead>
            <tr>
              <th>{words.exports.file}</th>
              <th class={`${table.amount} ${table.roomy} number`}>{words.exports.rows}</th>
              <th class={`${styles.state} number`}>{words.exports.state}</th>
            </tr>
          </thead>
          <tbody>
            <Index each={shown()}>{(one) => <Row one={one()} onCancel={() => void cancel(one().id)} />}</Index>
          </tbody>
        </table>
      </Show>
    </section>
  )
}

/** Which format, and the button that asks for it. */
function Request(props: { busy: boolean; mayFocus: boolean; onRequest: (format: UsageExportFormat) => void }) {
  const [format, setFormat] = createSignal<UsageExportFormat>('PARQUET')
  const needsEnds = () => format().startsWith('FOCUS') && !props.mayFocus
  return (
    <div class={styles.request}>
      <select
        class={`input ${styles.format}`}
        aria-label={words.exports.format}
        onChange={(event) => setFormat(EXPORT_FORMATS.find((each) => each === event.currentTarget.value) ?? 'PARQUET')}
      >
        <For each={EXPORT_FORMATS}>{(each) => <option value={each}>{words.exports.formats[each]}</option>}</For>
      </select>
      <button
        type="button"
        class={`button ${panels.save}`}
        disabled={props.busy || needsEnds()}
        title={needsEnds() ? words.exports.needsEnds : undefined}
        onClick={() => props.onRequest(format())}
      >
        {words.exports.request}
      </button>
    </div>
  )
}

function Row(props: { one: UsageExportFragment; onCancel: () => void }) {
  const day = (at: string | null) => (at === null ? '' : dates().format(Date.parse(at)))
  const range = () => (props.one.from ? `${day(props.one.from)} – ${day(props.one.to)}` : words.ranges.all)
  return (
    <tr>
      <td>
        <span class={table.name}>{words.exports.formats[props.one.format]}</span>{' '}
        <span class={`muted ${styles.what}`}>
          {range()}
          {' · '}
          <Ago at={props.one.createdAt} />
          <Show when={seesOthers()}>{` · ${props.one.requestedBy}`}</Show>
        </span>
      </td>
      <td class={`number ${table.roomy}`}>{props.one.rows === null ? '' : sayWhole(props.one.rows)}</td>
      <td class="number">
        <Standing {...props} />
      </td>
    </tr>
  )
}

/** How far it is, or the file; and the button that calls it off, or removes it. */
function Standing(props: { one: UsageExportFragment; onCancel: () => void }) {
  return (
    <span class={styles.standing}>
      <Show
        when={props.one.link}
        fallback={
          <Show when={props.one.problem} fallback={<Progress one={props.one} />}>
            {(problem) => <span class="problem">{problem()}</span>}
          </Show>
        }
      >
        {(link) => (
          <a
            href={link()}
            download=""
            rel="external"
            title={props.one.sha256 ? `SHA-256 ${props.one.sha256}` : undefined}
          >
            {words.exports.download} {sayBytes(props.one.bytes ?? 0)}
          </a>
        )}
      </Show>
      <Show when={isUnderWay(props.one) ? undefined : props.one.expiresAt}>
        {(at) => (
          <span class={`muted ${styles.expires}`}>
            {words.exports.expires} <Soon at={at()} />
          </span>
        )}
      </Show>
      <Show when={props.one.state !== 'FAILED'}>
        <button
          type="button"
          class={`button quiet ${styles.cancel}`}
          aria-label={isUnderWay(props.one) ? words.exports.cancel : words.exports.remove}
          onClick={() => props.onCancel()}
        >
          <span aria-hidden="true">✕</span>
        </button>
      </Show>
    </span>
  )
}

function Progress(props: { one: UsageExportFragment }) {
  const percent = () => `${Math.round(props.one.progress * 100)} %`
  return (
    <span class="muted">
      {props.one.state === 'WRITING' ? words.exports.writing(percent()) : words.exports.states[props.one.state]}
    </span>
  )
}

const dates = onceUsed(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }))
