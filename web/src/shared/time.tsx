import { sayAgo, sayDuration, sayIn } from './amounts.ts'
import { now } from './clock.ts'

const exactTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' })
const shortTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** An instant (milliseconds since 1970) to the second, in the reader's zone. */
export function exactly(at: number): string {
  return exactTime.format(at)
}

/** How long ago an instant was, with the exact one, in the reader's zone, as the title. */
export function Ago(props: { at: string }) {
  return (
    <time dateTime={props.at} title={exactTime.format(new Date(props.at))}>
      {sayAgo(now() - Date.parse(props.at))}
    </time>
  )
}

/** How soon an instant comes, likewise. */
export function Soon(props: { at: string }) {
  return (
    <time dateTime={props.at} title={exactTime.format(new Date(props.at))}>
      {sayIn(Date.parse(props.at) - now())}
    </time>
  )
}

/** An instant, to the minute. */
export function At(props: { at: string }) {
  return (
    <time dateTime={props.at} title={exactTime.format(new Date(props.at))}>
      {shortTime.format(new Date(props.at))}
    </time>
  )
}

/** From `from` until `to`, or until now where that is null: then it ticks. */
export function Duration(props: { from: string; to: string | null }) {
  const text = () => {
    const from = Date.parse(props.from)
    return props.to === null ? sayDuration(now() - from) : sayDuration(Date.parse(props.to) - from, true)
  }
  const title = () => {
    const from = exactTime.format(new Date(props.from))
    return props.to === null ? `since ${from}` : `${from} – ${exactTime.format(new Date(props.to))}`
  }
  return <span title={title()}>{text()}</span>
}
