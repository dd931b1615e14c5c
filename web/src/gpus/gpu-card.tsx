import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import type { GpuCardFragment, SampleFragment } from '../generated/documents.ts'
import { sayMemory, sayWhole } from '../shared/amounts.ts'
import { words as everywhere } from '../shared/words.ts'
import styles from './gpu-card.module.css'
import { utilisationPath } from './samples.ts'
import { words } from './words.ts'

const CHART = { width: 240, height: 36 }

/** One GPU: what it is, what it does now and did in the last minute, and the job that holds it. */
export function GpuCard(props: { gpu: GpuCardFragment; samples: readonly SampleFragment[] }) {
  const last = () => props.samples.at(-1)
  const memory = () => {
    const used = last()?.memoryUsedMb
    return used == null ? undefined : `${sayMemory(used)} / ${sayMemory(props.gpu.totalMemoryMb)}`
  }
  return (
    <li class={`panel ${styles.card}`} data-state={props.gpu.state}>
      <header class={styles.head}>
        <h2 class={styles.name}>{props.gpu.name}</h2>
        <Show when={props.gpu.simulated}>
          <span class="simulated" title={everywhere.simulatedTitle}>
            {everywhere.simulated}
          </span>
        </Show>
      </header>
      <p class={`muted ${styles.where}`}>
        {words.place(props.gpu.worker.hostname, props.gpu.index, sayMemory(props.gpu.totalMemoryMb))}
      </p>
      <p class={`mono muted ${styles.uuid}`} title={props.gpu.uuid}>
        {props.gpu.uuid}
      </p>
      <Show
        when={props.gpu.state === 'AVAILABLE'}
        fallback={<p class={`notice bad ${styles.gone}`}>{words.state[props.gpu.state]}</p>}
      >
        <svg
          class={styles.chart}
          viewBox={`0 0 ${CHART.width} ${CHART.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.history}
        >
          <polyline points={utilisationPath(props.samples, CHART.width, CHART.height)} />
        </svg>
        <dl class={styles.meters}>
          <Meter label={words.meters.utilisation} value={withUnit(last()?.utilisationPercent, ' %')} />
          <Meter label={words.meters.memory} value={memory()} />
          <Meter label={words.meters.power} value={withUnit(last()?.powerWatts, ' W')} />
          <Meter label={words.meters.temperature} value={withUnit(last()?.temperatureC, ' °C')} />
        </dl>
      </Show>
      <footer class={styles.foot}>
        <Show
          when={props.gpu.currentRun}
          fallback={<span class="muted">{props.gpu.state === 'AVAILABLE' ? words.idle : words.away}</span>}
        >
          {(run) => (
            <>
              <span class={styles.busy} aria-hidden="true" />
              <span class="muted">{words.held}</span>
              <A class={styles.job} href={`/jobs/${run().job.id}`}>
                {run().job.name}
              </A>
            </>
          )}
        </Show>
      </footer>
    </li>
  )
}

function Meter(props: { label: string; value: string | undefined }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.value ?? everywhere.none}</dd>
    </div>
  )
}

function withUnit(value: number | null | undefined, unit: string): string | undefined {
  return value == null ? undefined : `${sayWhole(value)}${unit}`
}
