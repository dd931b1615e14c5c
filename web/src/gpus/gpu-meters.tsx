import { For } from 'solid-js'
import type { SampleFragment } from '../generated/documents.ts'
import { sayMemory, sayWhole } from '../shared/amounts.ts'
import { words as everywhere } from '../shared/words.ts'
import styles from './gpu-meters.module.css'
import { sparkPath } from './samples.ts'
import { words } from './words.ts'

const CHART = { width: 120, height: 24 }

const METERS = ['utilisation', 'memory', 'power', 'temperature'] as const
type MeterName = (typeof METERS)[number]

interface MeterRule {
  value: (sample: SampleFragment) => number | null
  /** What the little chart's upper edge stands for. */
  top: (sample: SampleFragment | undefined, memoryMb: number) => number
  say: (value: number, memoryMb: number) => string
}

const METER: Record<MeterName, MeterRule> = {
  utilisation: { value: (sample) => sample.utilisationPercent, top: () => 100, say: (value) => `${sayWhole(value)} %` },
  memory: {
    value: (sample) => sample.memoryUsedMb,
    top: (_, memoryMb) => memoryMb,
    say: (value, memoryMb) => `${sayMemory(value)} / ${sayMemory(memoryMb)}`,
  },
  power: {
    value: (sample) => sample.powerWatts,
    top: (sample) => sample?.powerLimitWatts ?? Math.max(300, sample?.powerWatts ?? 0),
    say: (value) => `${sayWhole(value)} W`,
  },
  temperature: { value: (sample) => sample.temperatureC, top: () => 100, say: (value) => `${sayWhole(value)} °C` },
}

/** What a GPU does now, each figure over a little chart of its last minute. */
export function GpuMeters(props: { samples: readonly SampleFragment[]; memoryMb: number }) {
  return (
    <dl class={styles.meters}>
      <For each={METERS}>
        {(name) => <Meter name={name} rule={METER[name]} samples={props.samples} memoryMb={props.memoryMb} />}
      </For>
    </dl>
  )
}

function Meter(props: { name: MeterName; rule: MeterRule; samples: readonly SampleFragment[]; memoryMb: number }) {
  const value = () => {
    const last = props.samples.at(-1)
    const known = last ? props.rule.value(last) : null
    return known === null ? everywhere.none : props.rule.say(known, props.memoryMb)
  }
  const path = () => {
    const top = props.rule.top(props.samples.at(-1), props.memoryMb)
    return sparkPath(props.samples, props.rule.value, top, CHART.width, CHART.height)
  }
  return (
    <div class={styles.meter}>
      <dt>{words.meters[props.name]}</dt>
      <dd>
        <span class={styles.value}>{value()}</span>
        <svg
          class={styles.chart}
          viewBox={`0 0 ${CHART.width} ${CHART.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.lastMinute(words.meters[props.name])}
        >
          <polyline points={path()} />
        </svg>
      </dd>
    </div>
  )
}
