import { type JSX, Show } from 'solid-js'
import { sayChange, sayEnergy } from '../shared/amounts.ts'
import { sayWhole } from '../shared/language.ts'
import { words as everywhere } from '../shared/words.ts'
import styles from './figures.module.css'
import { type Measure, sayCosts, sayShare, sayTime, sayWait } from './measures.ts'
import { changeOf, type Report, totalOf } from './report.ts'
import { maySetPrices } from './who.ts'
import { words } from './words.ts'

/** The time in figures. The one that is drawn is compared with as long a time before. */
export function Figures(props: { report: Report; measure: Measure }) {
  const total = () => props.report.total
  const time = (seconds: number) => `${sayTime(seconds, props.report.unit)} ${words.shortUnits[props.report.unit]}`
  const isUnpriced = () => total().gpuSeconds > 0 && sayCosts(total().cost) === undefined
  const change = (measure: Measure) => (
    <Show when={props.measure === measure}>
      <Change now={totalOf(props.report, measure)} before={props.report.before} />
    </Show>
  )
  return (
    <dl class={`panel ${styles.figures}`} aria-label={words.figures.label}>
      <Figure name={words.figures.time} value={time(total().gpuSeconds)}>
        {change('time')}
      </Figure>
      <Figure
        name={words.figures.cost}
        value={sayCosts(total().cost)}
        missing={isUnpriced() ? words.figures.noPrice : everywhere.none}
      >
        {change('cost')}
        <Show when={isUnpriced()}>
          <Show when={maySetPrices()} fallback={words.figures.askForPrice}>
            <a href="#prices">{words.figures.setPrice}</a>
          </Show>
        </Show>
      </Figure>
      <Figure
        name={words.figures.utilised}
        title={words.figures.utilisedTitle}
        value={sayShare(total().utilisedGpuSeconds, total().measuredGpuSeconds)}
      >
        <Show when={total().measuredGpuSeconds} fallback={words.figures.notMeasured}>
          {(measured) => words.figures.utilisedOf(time(measured()))}
        </Show>
      </Figure>
      <Figure
        name={words.figures.wasted}
        title={words.figures.wastedTitle}
        value={sayShare(total().wastedGpuSeconds, total().gpuSeconds)}
      >
        {time(total().wastedGpuSeconds ?? 0)} {change('wasted')}
      </Figure>
      <Figure name={words.figures.attempts} value={sayWhole(total().runs)}>
        {change('runs')}
      </Figure>
      <Figure name={words.figures.wait} title={words.figures.waitTitle} value={sayWait(total().queueWait)} />
      <Show when={total().energyJoules}>
        {(joules) => <Figure name={words.figures.energy} value={sayEnergy(joules())} />}
      </Show>
    </dl>
  )
}

function Figure(props: {
  name: string
  title?: string
  value: string | undefined
  missing?: string
  children?: JSX.Element
}) {
  return (
    <div title={props.title}>
      <dt>{props.name}</dt>
      <dd>
        <Show when={props.value} fallback={<span class="muted">{props.missing ?? everywhere.none}</span>}>
          {props.value}
        </Show>
        <span class={styles.note}>{props.children}</span>
      </dd>
    </div>
  )
}

function Change(props: { now: number; before: number | undefined }) {
  const share = () => changeOf(props.now, props.before)
  return (
    <Show when={share() !== undefined}>
      <span title={words.figures.changeTitle}>{words.figures.change(sayChange(share() ?? 0))}</span>
    </Show>
  )
}
