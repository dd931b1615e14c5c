import { A } from '@solidjs/router'
import { createMemo, createSignal, For, Index, Show } from 'solid-js'
import type { HeldGpuFragment, QueuedJobFragment } from '../generated/documents.ts'
import { now } from '../shared/clock.ts'
import { Soon } from '../shared/time.tsx'
import styles from './machines.module.css'
import { type Holding, isQuiet, type MachineNow, machinesNow, sayIndices, shareDone } from './machines.ts'
import { words } from './words.ts'

/** Those that matter first come first: more are shown when they are asked for. */
const FIRST = 12

/** By worker: what holds its GPUs and until when, and for whom some are kept. */
export function MachinesPanel(props: { gpus: readonly HeldGpuFragment[]; jobs: readonly QueuedJobFragment[] }) {
  const [all, setAll] = createSignal(false)
  const machines = createMemo(() => machinesNow(props.gpus, props.jobs))
  const active = () => machines().filter((machine) => !isQuiet(machine))
  const quiet = () => machines().filter(isQuiet)
  const shown = () => (all() ? active() : active().slice(0, FIRST))
  return (
    <section class={`panel ${styles.panel}`} aria-labelledby="machines">
      <h2 id="machines" class="panel-title">
        {words.machines.title}
      </h2>
      <Show when={machines().length > 0} fallback={<p class="muted panel-none">{words.machines.none}</p>}>
        <ul class={styles.machines}>
          <Index each={shown()}>{(machine) => <Machine machine={machine()} />}</Index>
        </ul>
        <Show when={shown().length < active().length}>
          <p class={styles.more}>
            <button type="button" class="button" onClick={() => setAll(true)}>
              {words.machines.showAll(active().length)}
            </button>
          </p>
        </Show>
        <Show when={quiet().length > 0}>
          <Quiet machines={quiet()} />
        </Show>
      </Show>
    </section>
  )
}

/** The workers without a run on a GPU, in a line. */
function Quiet(props: { machines: readonly MachineNow[] }) {
  const free = () => props.machines.reduce((sum, machine) => sum + machine.free, 0)
  const named = () =>
    props.machines.slice(0, FIRST).map(({ worker, free }) => words.machines.quietOne(worker.hostname, free))
  const others = () => Math.max(0, props.machines.length - FIRST)
  return (
    <p class={`muted ${styles.quiet}`}>
      {words.machines.quiet(free())} {named().join(', ')}
      <Show when={others() > 0}>{words.machines.others(others())}</Show>
    </p>
  )
}

function Machine(props: { machine: MachineNow }) {
  return (
    <li class={styles.machine}>
      <div class={styles.who}>
        <span class={styles.host}>{props.machine.worker.hostname}</span>
        <Cells gpus={props.machine.gpus} />
        <span class="muted">
          {words.machines.free(props.machine.free)}
          <Show when={props.machine.outOfService > 0}>, {words.machines.out(props.machine.outOfService)}</Show>
        </span>
      </div>
      <ul class={styles.holdings}>
        <Index each={props.machine.holdings}>{(holding) => <Held holding={holding()} />}</Index>
        <For each={props.machine.keptFor}>
          {(job) => (
            <li class={styles.kept}>
              <span>{words.machines.keptFor}</span> <A href={`/jobs/${job.id}`}>{job.name}</A>
              <Show when={job.queue?.eta}>
                {(eta) => (
                  <span class={styles.until}>
                    <Soon at={eta()} />
                  </span>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </li>
  )
}

/** A small square for each GPU: held, free, or out of service. */
function Cells(props: { gpus: readonly HeldGpuFragment[] }) {
  return (
    <span class={styles.cells} aria-hidden="true">
      <For each={props.gpus}>
        {({ inUse, state }) => (
          <span
            class={styles.cell}
            data-held={inUse ? '' : undefined}
            data-out={state === 'AVAILABLE' ? undefined : ''}
          />
        )}
      </For>
    </span>
  )
}

function Held(props: { holding: Holding }) {
  const indices = () => words.machines.gpus(sayIndices(props.holding.gpus.map(({ index }) => index)))
  const done = () => shareDone(props.holding, now())
  return (
    <li class={styles.held}>
      <span class={`muted ${styles.indices}`}>{indices()}</span>
      <span class={styles.job}>
        <Show when={props.holding.run} fallback={<span class="muted">{words.machines.other}</span>}>
          {(run) => (
            <>
              <A href={`/jobs/${run().job.id}`}>{run().job.name}</A>{' '}
              <span class="muted">{words.machines.of(run().job.submittedBy)}</span>
            </>
          )}
        </Show>
      </span>
      <span
        class={styles.bar}
        data-open={done() === undefined ? '' : undefined}
        style={{ '--part': `${(done() ?? 0) * 100}%` }}
        aria-hidden="true"
      />
      <span class={styles.until}>
        <Show when={props.holding.freeAt} fallback={<span class="muted">{words.machines.open}</span>}>
          {(at) => (
            <>
              <span class="muted">{words.machines.until}</span> <Soon at={new Date(at()).toISOString()} />
            </>
          )}
        </Show>
      </span>
    </li>
  )
}
