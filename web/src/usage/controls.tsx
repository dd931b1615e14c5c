import { Choices } from '../shared/choices.tsx'
import { useAddress } from './address.ts'
import type { Asked } from './asked.ts'
import styles from './controls.module.css'
import { datesOf, PRESETS } from './range.ts'
import { words } from './words.ts'

/** Of which time: a preset, or days. */
export function Controls(props: { asked: Asked }) {
  const { choose } = useAddress()
  return (
    <div class={styles.controls}>
      <Choices
        label={words.range}
        options={PRESETS}
        chosen={props.asked.preset ?? []}
        say={(each) => words.ranges[each]}
        onChoose={(range) => choose({ range, from: undefined, to: undefined, grain: undefined })}
      />
      <Dates asked={props.asked} />
    </div>
  )
}

/** The first and the last day. With a preset they say where it lies. */
function Dates(props: { asked: Asked }) {
  const { choose } = useAddress()
  const dates = () => datesOf(props.asked.stretch)
  let first: HTMLInputElement | undefined
  let last: HTMLInputElement | undefined
  const onChange = () => {
    const [from, to] = [first?.value, last?.value]
    if (!from || !to) return
    // Either may have been moved past the other.
    const [earlier, later] = [from, to].toSorted()
    choose({ from: earlier, to: later, range: undefined, grain: undefined })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row by every browser
    <div class={styles.dates} role="group" aria-label={words.dates}>
      <input
        ref={first}
        class="input"
        type="date"
        aria-label={words.from}
        value={dates().from}
        max={dates().to}
        onChange={onChange}
      />
      <span class="muted" aria-hidden="true">
        –
      </span>
      <input ref={last} class="input" type="date" aria-label={words.to} value={dates().to} onChange={onChange} />
    </div>
  )
}
