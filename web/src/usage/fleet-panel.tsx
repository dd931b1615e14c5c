import { createMemo, For, Show } from 'solid-js'
import { FleetTimeDocument, type FleetTimeQueryVariables, type UsageGrain } from '../generated/documents.ts'
import { createLiveQuery } from '../shared/live.ts'
import { sayError } from '../shared/say-error.ts'
import { createSoon } from '../shared/soon.ts'
import { sayPart, sayStart, TIME_ZONE } from './calendar.ts'
import { amountsOf, layersOf, stacksOfFleet } from './fleet-stacks.ts'
import { sayCosts, sayRound, sayShare, sayTime, unitFor, unitSize } from './measures.ts'
import styles from './panels.module.css'
import type { Stretch } from './range.ts'
import { StackedBars } from './stacked-bars.tsx'
import { words } from './words.ts'

/** As often as the rest is asked for again, and a little less, in milliseconds. */
const ROUND_MS = 15_000
/** All time begins here, before any GPU was known. */
const EPOCH = Date.UTC(2025, 0)

interface Shown {
  stretch: Stretch
  grain: UsageGrain
}

/** What all GPUs did: held, idle or down. */
export default function FleetPanel(props: Shown) {
  const question = createMemo(() => ({ variables: toVariables(props.stretch, props.grain), ...props }))
  const query = createLiveQuery(FleetTimeDocument, () => question().variables)
  // Until there is an answer to a new question, what is shown is that to the last.
  const shown = createMemo<Shown>((last) => (query.answered() === question().variables ? question() : last), question())
  createSoon(query.refresh, 0, ROUND_MS)
  const report = () => query.data()?.fleetUtilisation
  /** Where there was any GPU. */
  const known = () => (report()?.total.capacityGpuSeconds ? report() : undefined)
  const stacks = createMemo(() => stacksOfFleet(report()?.rows ?? [], shown().stretch, shown().grain, Date.now()))
  const unit = () => unitFor(report()?.total.capacityGpuSeconds ?? 0)
  const share = (seconds: number) => sayShare(seconds, report()?.total.capacityGpuSeconds ?? 0) ?? ''
  return (
    <section class={`panel ${styles.panel}`} aria-labelledby="fleet">
      <header class={styles.head}>
        <h2 id="fleet">{words.fleet.title}</h2>
        <span class={styles.note}>{words.fleet.note}</span>
      </header>
      <Show when={known()} fallback={<p class={`muted ${styles.none}`}>{sayState(query.error(), query.loading())}</p>}>
        {(present) => (
          <div class={`${styles.body} ${styles.parts}`}>
            <StackedBars
              label={words.fleet.title}
              layers={layersOf()}
              stacks={stacks()}
              say={(seconds) => sayTime(seconds, unit())}
              sayRound={(seconds) => sayRound(seconds, 'time', unit(), undefined)}
              unit={unitSize('time', unit())}
              sayStart={(start) => sayStart(start, shown().grain)}
              sayPart={(start) => sayPart(start, shown().grain)}
            />
            <ul class={styles.legend}>
              <For each={layersOf()}>
                {({ label, colour }, i) => (
                  <li>
                    <span class={styles.mark} style={{ background: colour }} />
                    {label} {share(amountsOf(present().total)[i()] ?? 0)}
                  </li>
                )}
              </For>
              <li class={styles.asOf}>
                {words.fleet.of(`${sayTime(present().total.capacityGpuSeconds, unit())} ${words.units[unit()]}`)}
              </li>
            </ul>
            <Show when={sayCosts(present().total.idleCost)}>
              {(cost) => (
                <p class="muted">
                  {words.fleet.idleCost} <b>{cost()}</b>
                </p>
              )}
            </Show>
          </div>
        )}
      </Show>
    </section>
  )
}

function sayState(error: Parameters<typeof sayError>[0] | undefined, loading: boolean): string {
  if (error) return sayError(error)
  return loading ? words.loading : words.fleet.none
}

function toVariables({ from, to }: Stretch, grain: UsageGrain): FleetTimeQueryVariables {
  const range = { from: new Date(from ?? EPOCH).toISOString(), to: new Date(to).toISOString() }
  return { range, grain, timeZone: TIME_ZONE }
}
