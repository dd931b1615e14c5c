import { Index, Show } from 'solid-js'
import { sayWhole } from '../shared/language.ts'
import { words as everywhere } from '../shared/words.ts'
import { useAddress } from './address.ts'
import { type Asked, drillInto } from './asked.ts'
import { colourOf, OTHERS_COLOUR } from './colours.ts'
import { tableCsv } from './export-rows.ts'
import { sayCosts, sayShare, sayTime, sayWait } from './measures.ts'
import { nameOf } from './names.ts'
import styles from './panels.module.css'
import { datesOf } from './range.ts'
import { type Group, type Report, totalOf } from './report.ts'
import { SaveButton } from './save-button.tsx'
import table from './usage-table.module.css'
import { offeredDimensions } from './who.ts'
import { words } from './words.ts'

/** Each group with what it held, what came of it and what it cost, the largest first. */
export function UsageTable(props: { asked: Asked; report: Report }) {
  const title = () => words.table.titles[props.asked.by]
  const name = () => {
    const { from, to } = datesOf(props.asked.stretch)
    return ['usage', props.asked.by, from, to].filter(Boolean).join('-').toLowerCase()
  }
  return (
    <section class={`panel ${styles.panel}`} aria-labelledby="usage-table">
      <header class={styles.head}>
        <h2 id="usage-table">{title()}</h2>
        <span class={styles.space} />
        <SaveButton label={words.saveTable} name={name()} text={() => tableCsv(props.asked, props.report)} />
      </header>
      <Show when={props.report.groups.length > 0} fallback={<None asked={props.asked} />}>
        <div class={styles.parts}>
          <Groups {...props} />
        </div>
        <Show when={props.report.groupCount > props.report.groups.length}>
          <p class={`muted ${styles.more}`}>{words.table.more(props.report.groups.length, props.report.groupCount)}</p>
        </Show>
      </Show>
    </section>
  )
}

function Groups(props: { asked: Asked; report: Report }) {
  return (
    <table class={`rows ${table.table}`}>
      <thead>
        <tr>
          <th>{words.dimensions[props.asked.by]}</th>
          <th class={`${table.amount} number`}>{words.units[props.report.unit]}</th>
          <th class={`${table.share} ${table.roomy} number`}>{words.table.share}</th>
          <th class={`${table.cost} number`}>{words.table.cost}</th>
          <th class={`${table.share} ${table.wide} number`}>{words.table.utilised}</th>
          <th class={`${table.share} ${table.wide} number`}>{words.table.wasted}</th>
          <th class={`${table.share} ${table.wide} number`}>{words.table.attempts}</th>
          <th class={`${table.wait} ${table.wide} number`}>{words.table.wait}</th>
        </tr>
      </thead>
      <tbody>
        <Index each={props.report.groups}>
          {(group, place) => <GroupRow {...props} group={group()} place={place} />}
        </Index>
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.table.total}</th>
          <Amounts usage={props.report.total} of={totalOf(props.report, props.asked.measure)} {...props} />
        </tr>
      </tfoot>
    </table>
  )
}

function GroupRow(props: { asked: Asked; report: Report; group: Group; place: number }) {
  const { goTo } = useAddress()
  const into = () => drillInto(props.asked, props.group.key, offeredDimensions())
  const name = () => nameOf(props.asked.by, props.group.key)
  const layer = () => props.report.stacks.keys.indexOf(props.group.key)
  const colour = () => (layer() < 0 ? OTHERS_COLOUR : colourOf(props.asked.by, props.group.key, layer()))
  const largest = () => props.report.groups[0]?.amount ?? 0
  return (
    <tr>
      <td>
        <div class={table.key}>
          <span class={styles.mark} style={{ background: colour() }} />
          <Show when={into()} fallback={<span class={table.name}>{name()}</span>}>
            {(change) => (
              <button type="button" class={`${styles.name} ${table.name}`} onClick={() => goTo(change())}>
                {name()}
              </button>
            )}
          </Show>
          <Show when={props.group.usage.provisional && props.asked.by !== 'OUTCOME'}>
            <span class={table.growing}>{words.chart.growing}</span>
          </Show>
        </div>
        <div
          class={table.bar}
          style={{
            width: `${largest() > 0 ? Math.max(0, props.group.amount / largest()) * 100 : 0}%`,
            background: colour(),
          }}
        />
      </td>
      <Amounts usage={props.group.usage} of={props.group.amount} {...props} />
    </tr>
  )
}

/** The figures of a row. `of` is its amount of what the shares are of. */
function Amounts(props: { asked: Asked; report: Report; usage: Group['usage']; of: number }) {
  return (
    <>
      <td class="number">{sayTime(props.usage.gpuSeconds, props.report.unit)}</td>
      <td class={`number ${table.roomy}`}>
        {sayShare(props.of, totalOf(props.report, props.asked.measure)) ?? everywhere.none}
      </td>
      <td class="number">{sayCosts(props.usage.cost) ?? everywhere.none}</td>
      <td class={`number ${table.wide}`}>
        {sayShare(props.usage.utilisedGpuSeconds, props.usage.measuredGpuSeconds) ?? everywhere.none}
      </td>
      <td class={`number ${table.wide}`}>
        {sayShare(props.usage.wastedGpuSeconds, props.usage.gpuSeconds) ?? everywhere.none}
      </td>
      <td class={`number ${table.wide}`}>{sayWhole(props.usage.runs)}</td>
      <td class={`number ${table.wide}`}>{sayWait(props.usage.queueWait) ?? everywhere.none}</td>
    </>
  )
}

function None(props: { asked: Asked }) {
  const { choose } = useAddress()
  return (
    <div class={styles.none}>
      <h3>{words.none.title}</h3>
      <p class="muted">{words.none.text}</p>
      <Show when={props.asked.preset !== 'all'}>
        <button
          type="button"
          class="button"
          onClick={() => choose({ range: 'all', from: undefined, to: undefined, grain: undefined })}
        >
          {words.none.longer}
        </button>
      </Show>
    </div>
  )
}
