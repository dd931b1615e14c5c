import { createSignal } from 'solid-js'
import { UsageStatementDocument } from '../generated/documents.ts'
import { now } from '../shared/clock.ts'
import { useGraph } from '../shared/graph.ts'
import { onceUsed } from '../shared/once-used.ts'
import { sayError } from '../shared/say-error.ts'
import styles from './panels.module.css'
import type { Stretch } from './range.ts'
import { saveText } from './save-text.ts'
import { words } from './words.ts'

const month = onceUsed(() => new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }))

/** Saves what the account is billed for the last month of what is shown, as a page to print. */
export function Statement(props: {
  account: string
  stretch: Stretch
  /** Told why there is none; undefined once there is one. */
  onFault: (reason: string | undefined) => void
}) {
  const { uncached } = useGraph()
  const [busy, setBusy] = createSignal(false)
  const last = () => Math.min(props.stretch.to - 1, now())
  const save = async () => {
    const wanted = { account: props.account, month: new Date(last()).toISOString().slice(0, 7) }
    setBusy(true)
    const { data, error } = await uncached.query(UsageStatementDocument, wanted).toPromise()
    setBusy(false)
    const statement = data?.usageStatement
    if (statement) saveText(`statement-${wanted.account}-${wanted.month}.html`, statement.html, 'text/html')
    props.onFault(error ? sayError(error) : statement ? undefined : words.exports.noStatement)
  }
  return (
    <button type="button" class={`button ${styles.save}`} disabled={busy()} onClick={save}>
      {words.exports.statement(month().format(last()))}
    </button>
  )
}
