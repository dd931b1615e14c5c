import { type Accessor, createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { colourOn, createThemeSignal, faint } from '../charts/colours.ts'
import type { GpuCardFragment } from '../generated/documents.ts'
import type { FleetTelemetry } from './fleet-telemetry.ts'
import { GpuCard } from './gpu-card.tsx'
import styles from './gpu-cards.module.css'
import type { SparkInk } from './sparkline.ts'
import { sliceGroups } from './standing.ts'
import { words } from './words.ts'

/** Cards are drawn so many at a time. */
const STEP = 100

/** These GPUs as cards: whole ones first, then the slices of each GPU in MIG mode. */
export function GpuCards(props: {
  gpus: readonly Accessor<GpuCardFragment>[]
  telemetry: FleetTelemetry
  /** What decides which are shown: when it changes, the first of them are. */
  choice: string
}) {
  const [limit, setLimit] = createSignal(STEP)
  createEffect(
    on(
      () => props.choice,
      () => setLimit(STEP),
      { defer: true },
    ),
  )
  const here = createMemo(() => props.gpus.slice(0, limit()))
  const themeNow = createThemeSignal()
  const ink = createMemo((): SparkInk => {
    themeNow()
    const line = colourOn(document.body, '--accent')
    return { line, area: faint(line, 0.12) }
  })
  const whole = () => here().filter((gpu) => gpu().mig === null)
  const groups = createMemo(() => sliceGroups(here().map((gpu) => gpu())), [], { equals: sameGroups })
  return (
    <>
      <Show when={whole().length > 0}>
        <Cards gpus={whole()} telemetry={props.telemetry} ink={ink()} />
      </Show>
      <For each={groups()}>
        {(group) => (
          <section>
            <h2 class={styles.title}>
              {words.slices(group.ids.length)} <span class="mono muted">{group.parentUuid}</span>
            </h2>
            <Cards
              gpus={here().filter((gpu) => group.ids.includes(gpu().id))}
              telemetry={props.telemetry}
              ink={ink()}
            />
          </section>
        )}
      </For>
      <Show when={props.gpus.length > limit()}>
        <p class={styles.more}>
          <button type="button" class="button" onClick={() => setLimit((shown) => shown + STEP)}>
            {words.moreCards(Math.min(STEP, props.gpus.length - limit()))}
          </button>
          <span class="muted">{words.shown(limit(), props.gpus.length)}</span>
        </p>
      </Show>
    </>
  )
}

function Cards(props: { gpus: readonly Accessor<GpuCardFragment>[]; telemetry: FleetTelemetry; ink: SparkInk }) {
  return (
    <ul class={styles.cards}>
      <For each={props.gpus}>{(gpu) => <GpuCard gpu={gpu()} telemetry={props.telemetry} ink={props.ink} />}</For>
    </ul>
  )
}

function sameGroups(a: readonly object[], b: readonly object[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
