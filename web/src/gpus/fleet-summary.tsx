import { For, Show } from 'solid-js'
import type { GpuCardFragment, SampleFragment } from '../generated/documents.ts'
import { sayPower } from '../shared/amounts.ts'
import { slowNow } from '../shared/clock.ts'
import { sayWhole } from '../shared/language.ts'
import styles from './fleet-summary.module.css'
import type { FleetTelemetry } from './fleet-telemetry.ts'
import { isBad } from './gpu-state.tsx'
import { lastOf } from './ring.ts'
import type { Counts } from './standing.ts'
import { words } from './words.ts'

/** All GPUs in a line: how many there are in each state, and what they do and draw together. */
export function FleetSummary(props: { counts: Counts; gpus: readonly GpuCardFragment[]; telemetry: FleetTelemetry }) {
  const known = (value: (sample: SampleFragment) => number | null) => {
    props.telemetry.frame()
    slowNow()
    const now = Date.now()
    return props.gpus.flatMap((gpu) => {
      const last = lastOf(props.telemetry.ring(gpu.id), now)
      return (last && value(last)) ?? []
    })
  }
  const utilisation = () => {
    const all = known((sample) => sample.utilisationPercent)
    return all.length === 0 ? undefined : `${sayWhole(total(all) / all.length)} %`
  }
  const power = () => {
    const all = known((sample) => sample.powerWatts)
    return all.length === 0 ? undefined : sayPower(total(all))
  }
  return (
    <dl class={`panel ${styles.facts}`} aria-label={words.summary}>
      <Fact label={words.inService} value={sayWhole(props.counts.all)} />
      <Fact label={words.places.busy} value={sayWhole(props.counts.busy)} />
      <Fact label={words.places.free} value={sayWhole(props.counts.free)} />
      <For each={props.counts.states}>
        {([state, count]) => <Fact label={words.state[state]} value={sayWhole(count)} bad={isBad(state)} />}
      </For>
      <Show when={utilisation()}>{(value) => <Fact label={words.utilisation} value={value()} />}</Show>
      <Show when={power()}>{(value) => <Fact label={words.power} value={value()} />}</Show>
    </dl>
  )
}

function Fact(props: { label: string; value: string; bad?: boolean }) {
  return (
    <div class={styles.fact} classList={{ [styles.bad ?? '']: props.bad === true }}>
      <dt>{props.label}</dt>
      <dd>{props.value}</dd>
    </div>
  )
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
