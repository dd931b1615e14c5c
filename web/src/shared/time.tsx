import type { JSX } from 'solid-js'
import { sayAgo, sayDuration, sayIn } from './amounts.ts'
import { useNow } from './clock.ts'
import { onceUsed } from './once-used.ts'
import { toTheMinute } from './to-the-minute.ts'
import { words } from './words.ts'

const exactTime = onceUsed(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' }))

interface Instant {
  at: string
  /** In a long table: the exact time is told with the focus on the row's link, as a stop at each time would be many. */
  inRow?: boolean
}

/** An instant (milliseconds since 1970) to the second, in the reader's zone. */
export function exactly(at: number): string {
  return exactTime().format(at)
}

/** How long ago an instant was, with the exact one, in the reader's zone, on hover and focus. */
export function Ago(props: Instant) {
  const now = useNow()
  return <Exact {...props}>{sayAgo(now() - Date.parse(props.at))}</Exact>
}

/** How soon an instant comes, likewise. */
export function Soon(props: Instant) {
  const now = useNow()
  return <Exact {...props}>{sayIn(Date.parse(props.at) - now())}</Exact>
}

/** An instant, to the minute. */
export function At(props: Instant) {
  return <Exact {...props}>{toTheMinute(props.at)}</Exact>
}

function Exact(props: Instant & { children: JSX.Element }) {
  return (
    <time
      dateTime={props.at}
      title={exactly(Date.parse(props.at))}
      tabIndex={props.inRow ? undefined : 0}
      data-exact=""
    >
      {props.children}
    </time>
  )
}

/** From `from` until `to`, or until now where that is null: then it ticks. */
export function Duration(props: { from: string; to: string | null; inRow?: boolean }) {
  const now = useNow()
  const text = () => {
    const from = Date.parse(props.from)
    return props.to === null ? sayDuration(now() - from) : sayDuration(Date.parse(props.to) - from, true)
  }
  const title = () => {
    const from = exactly(Date.parse(props.from))
    return props.to === null ? words.since(from) : `${from} – ${exactly(Date.parse(props.to))}`
  }
  return (
    <time title={title()} tabIndex={props.inRow ? undefined : 0} data-exact="">
      {text()}
    </time>
  )
}
