import { createMemo, Index, Show } from 'solid-js'
import { Choices } from '../shared/choices.tsx'
import { Ago } from '../shared/time.tsx'
import { useAddress } from './address.ts'
import { type Asked, drillInto } from './asked.ts'
import { dateText, nextStart, sayPart, sayStart } from './calendar.ts'
import { colourOf, OTHERS_COLOUR } from './colours.ts'
import { chartCsv } from './export-rows.ts'
import { MEASURES, sayAmount, sayRound, unitSize } from './measures.ts'
import { nameOf } from './names.ts'
import styles from './panels.module.css'
import { datesOf, grainsOf } from './range.ts'
import type { Report } from './report.ts'
import { SaveButton } from './save-button.tsx'
import { type Layer, StackedBars } from './stacked-bars.tsx'
import type { Stack } from './stacks.ts'
import { offeredDimensions } from './who.ts'
import { words } from './words.ts'

/** Usage over time, a layer for each of the largest. A bar leads into its time. */
export function UsageChart(props: { asked: Asked; report: Report }) {
  const { goTo } = useAddress()
  const layers = createMemo((): readonly Layer[] => {
    const named = props.report.stacks.keys.map((key, place) => ({
      label: nameOf(props.asked.by, key),
      colour: colourOf(props.asked.by, key, place),
    }))
    return props.report.stacks.hasOthers ? [...named, { label: words.others, colour: OTHERS_COLOUR }] : named
  })
  const say = (amount: number) => sayAmount(amount, props.asked.measure, props.report.unit, props.report.currency)
  const title = () => words.chart.title(words.measures[props.asked.measure], words.grains[props.asked.grain])
  const unit = () => unitOf(props.asked, props.report)
  const pick = ({ start }: Stack) => goTo(intoPart(props.asked, start))
  const leadsOn = () => props.asked.grain !== 'HOUR' && grainsOf(props.asked.stretch).offered[0] !== 'HOUR'
  return (
    <section class={`panel ${styles.panel}`} aria-labelledby="usage-chart">
      <header class={styles.head}>
        <h2 id="usage-chart">{title()}</h2>
        <span class={styles.note}>{unit()}</span>
        <ChartChoices asked={props.asked} />
        <SaveButton
          label={words.saveChart}
          name={fileName(props.asked, props.asked.grain)}
          text={() => chartCsv(props.asked, props.report, words.others)}
        />
      </header>
      <div class={`${styles.body} ${styles.parts}`}>
        <StackedBars
          label={title()}
          layers={layers()}
          stacks={props.report.stacks.stacks}
          say={say}
          sayRound={(amount) => sayRound(amount, props.asked.measure, props.report.unit, props.report.currency)}
          unit={unitSize(props.asked.measure, props.report.unit)}
          sayStart={(start) => sayStart(start, props.asked.grain)}
          sayPart={(start) => sayPart(start, props.asked.grain)}
          onPick={leadsOn() ? pick : undefined}
        />
        <Legend {...props} layers={layers()} />
      </div>
    </section>
  )
}

function ChartChoices(props: { asked: Asked }) {
  const { choose } = useAddress()
  return (
    <div class={styles.choices}>
      <Choices
        label={words.measure}
        options={MEASURES}
        chosen={props.asked.measure}
        say={(each) => words.measures[each]}
        onChoose={(measure) => choose({ measure: measure === 'time' ? undefined : measure })}
      />
      <Choices
        label={words.groupBy}
        options={offeredDimensions()}
        chosen={props.asked.by}
        say={(each) => words.dimensions[each]}
        onChoose={(by) => choose({ by: by.toLowerCase() })}
      />
      <Show when={grainsOf(props.asked.stretch).offered.length > 1}>
        <Choices
          label={words.grain}
          options={grainsOf(props.asked.stretch).offered}
          chosen={props.asked.grain}
          say={(each) => words.grains[each]}
          onChoose={(grain) => choose({ grain: grain.toLowerCase() })}
        />
      </Show>
    </div>
  )
}

/** What the colours are. A name leads to what is its alone. */
function Legend(props: { asked: Asked; report: Report; layers: readonly Layer[] }) {
  const { goTo } = useAddress()
  return (
    <ul class={styles.legend} aria-label={words.chart.legend}>
      <Index each={props.layers}>
        {(layer, place) => {
          const key = () => props.report.stacks.keys[place]
          const into = () => {
            const wanted = key()
            return wanted === undefined ? undefined : drillInto(props.asked, wanted, offeredDimensions())
          }
          return (
            <li>
              <span class={styles.mark} style={{ background: layer().colour }} />
              <Show when={into()} fallback={<span>{layer().label}</span>}>
                {(change) => (
                  <button type="button" class={styles.name} onClick={() => goTo(change())}>
                    {layer().label}
                  </button>
                )}
              </Show>
            </li>
          )
        }}
      </Index>
      <Show when={props.report.total.provisional}>
        <li class={styles.growing}>
          <span class={`${styles.mark} ${styles.hatched}`} />
          {words.chart.provisional}
        </li>
      </Show>
      <li class={styles.asOf} title={words.asOfTitle}>
        {words.asOf} <Ago at={props.report.asOf} />
      </li>
    </ul>
  )
}

function unitOf({ measure }: Asked, { unit, currency }: Report): string {
  if (measure === 'runs') return ''
  return measure === 'cost' ? (currency ?? '') : words.units[unit]
}

/** The address of the days of a part of time, as far as they are within what is shown. */
function intoPart({ stretch, grain }: Asked, start: number) {
  const from = Math.max(start, stretch.from ?? start)
  const to = Math.min(nextStart(start, grain), stretch.to)
  return { from: dateText(from), to: dateText(to - 1), range: undefined, grain: undefined }
}

function fileName({ by, stretch }: Asked, what: string): string {
  const { from, to } = datesOf(stretch)
  return ['usage', by, what, from, to].filter(Boolean).join('-').toLowerCase()
}
