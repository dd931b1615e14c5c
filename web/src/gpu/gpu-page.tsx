import { A, useParams } from '@solidjs/router'
import { lazy, Show, Suspense } from 'solid-js'
import type { GpuDetailsFragment } from '../generated/documents.ts'
import { GpuStateLabel } from '../gpus/gpu-state.tsx'
import type { Telemetry } from '../gpus/telemetry.ts'
import { words as ofGpus } from '../gpus/words.ts'
import { OperateButtons } from '../operate/operate-buttons.tsx'
import { inOwnTask } from '../shared/in-turn.ts'
import { Later } from '../shared/later.tsx'
import { mayOperate } from '../shared/roles.ts'
import { sayError } from '../shared/say-error.ts'
import { setTitle } from '../shared/title.ts'
import { words as everywhere } from '../shared/words.ts'
import { Events } from './events.tsx'
import { Facts } from './facts.tsx'
import { Faults } from './faults.tsx'
import styles from './gpu-page.module.css'
import { createLiveGpu } from './live-gpu.ts'
import { PastRuns } from './past-runs.tsx'
import { Processes } from './processes.tsx'
import { RunCounts } from './run-counts.tsx'
import { Standing } from './standing.tsx'
import { words } from './words.ts'

const GpuCharts = lazy(() => import('../charts/gpu-charts.tsx').then(inOwnTask))

/** One GPU: how it stands and why, what it did, what was wrong with it, and what became of its runs. */
export default function GpuPage() {
  const params = useParams<{ id: string }>()
  const { gpu, error, telemetry } = createLiveGpu(() => params.id)
  setTitle(() => {
    const shown = gpu()
    return shown ? nameOf(shown) : words.title
  })
  return (
    <>
      <Show when={error()}>
        {(fault) => (
          <p class={`notice bad ${styles.error}`} role="alert">
            {sayError(fault())}
          </p>
        )}
      </Show>
      <Show when={gpu()} fallback={<NoGpu missing={gpu() === null} failed={error() !== undefined} />}>
        {(shown) => <Gpu gpu={shown()} telemetry={telemetry} />}
      </Show>
    </>
  )
}

function NoGpu(props: { missing: boolean; failed: boolean }) {
  return (
    <Show when={props.missing} fallback={<p class={styles.loading}>{props.failed ? '' : words.loading}</p>}>
      <div class={styles.missing}>
        <h1>{words.missing}</h1>
        <p class="muted">{words.missingText}</p>
        <A href="/gpus" class="button">
          {words.all}
        </A>
      </div>
    </Show>
  )
}

function Gpu(props: { gpu: GpuDetailsFragment; telemetry: Telemetry }) {
  return (
    <article class={styles.page}>
      <nav class={styles.trail} aria-label={words.trail}>
        <A href="/gpus">{words.all}</A>
      </nav>
      <Head gpu={props.gpu} />
      <Standing gpu={props.gpu} samples={props.telemetry.of(props.gpu.id)} />
      <Facts gpu={props.gpu} />
      <div class={styles.body}>
        <Later>
          <div class={styles.column}>
            <Suspense fallback={<section class={`panel ${styles.charts}`} />}>
              <GpuCharts gpu={props.gpu} telemetry={props.telemetry} />
            </Suspense>
            <PastRuns runs={props.gpu.runs} />
          </div>
        </Later>
        <Later>
          <aside class={styles.column}>
            <RunCounts counts={props.gpu.runCounts} />
            <Faults faults={props.gpu.pastFaults} />
            <Processes processes={props.gpu.processes} />
            <Events events={props.gpu.events} />
          </aside>
        </Later>
      </div>
    </article>
  )
}

/** Slices of one GPU have its index in common. */
function nameOf({ index, worker, mig }: GpuDetailsFragment): string {
  const name = words.named(index, worker.hostname)
  return mig ? `${name}, ${ofGpus.slice(mig.gpuInstance, mig.computeInstance)}` : name
}

function Head(props: { gpu: GpuDetailsFragment }) {
  const target = () => ({
    kind: 'gpu' as const,
    id: props.gpu.id,
    name: nameOf(props.gpu),
    cordon: props.gpu.cordon,
    openFaults: props.gpu.openFaults.length,
    runs: props.gpu.inUse ? 1 : 0,
  })
  return (
    <header class={styles.head}>
      <h1 class={styles.name}>
        {props.gpu.name} <span class={styles.which}>{target().name}</span>
      </h1>
      <Show when={props.gpu.simulated}>
        <span class="simulated" title={everywhere.simulatedTitle}>
          {everywhere.simulated}
        </span>
      </Show>
      <p class={styles.state}>
        <GpuStateLabel state={props.gpu.state} busy={props.gpu.inUse} />
      </p>
      <Show when={mayOperate()}>
        <OperateButtons target={target()} />
      </Show>
    </header>
  )
}
