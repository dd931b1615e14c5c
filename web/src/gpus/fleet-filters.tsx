import { useSearchParams } from '@solidjs/router'
import { For, type JSX } from 'solid-js'
import { Choices } from '../shared/choices.tsx'
import { type FilterChoices, type FleetFilter, ORDERS } from './fleet-filter.ts'
import styles from './gpus-page.module.css'
import { type Counts, PLACES } from './standing.ts'
import { words } from './words.ts'

/** Which GPUs are shown, with how many there are of each kind, and in what order. The choice lives in the address. */
export function FleetFilters(props: { filter: FleetFilter; choices: FilterChoices; counts: Counts }) {
  const [, setSearch] = useSearchParams()
  const set = (name: string, value: string) => setSearch({ [name]: value || undefined }, { replace: true })
  return (
    <div class={styles.filters}>
      <Choices
        label={words.filter}
        options={['all', ...PLACES]}
        chosen={props.filter.place ?? 'all'}
        say={(each) => words.counted(each === 'all' ? words.all : words.places[each], props.counts[each])}
        onChoose={(each) => set('show', each === 'all' ? '' : each)}
      />
      <Picker label={words.filters.model} value={props.filter.model} onPick={(value) => set('model', value)}>
        <option value="">{words.filters.everyModel}</option>
        <For each={withChosen(props.choices.models, props.filter.model)}>{(name) => <option>{name}</option>}</For>
      </Picker>
      <Picker label={words.filters.worker} value={props.filter.worker} onPick={(value) => set('worker', value)}>
        <option value="">{words.filters.everyWorker}</option>
        <For each={props.choices.workers}>{({ id, hostname }) => <option value={id}>{hostname}</option>}</For>
      </Picker>
      <Picker label={words.filters.holder} value={props.filter.holder} onPick={(value) => set('holder', value)}>
        <option value="">{words.filters.anyHolder}</option>
        <For each={withChosen(props.choices.holders, props.filter.holder)}>{(name) => <option>{name}</option>}</For>
      </Picker>
      <Picker
        label={words.filters.order}
        value={props.filter.order}
        onPick={(value) => set('sort', value === 'place' ? '' : value)}
      >
        <For each={ORDERS}>{(order) => <option value={order}>{words.filters.orders[order]}</option>}</For>
      </Picker>
    </div>
  )
}

function Picker(props: {
  label: string
  value: string | undefined
  onPick: (value: string) => void
  children: JSX.Element
}) {
  return (
    <select
      class={`input ${styles.picker}`}
      aria-label={props.label}
      value={props.value ?? ''}
      onChange={(event) => props.onPick(event.currentTarget.value)}
    >
      {props.children}
    </select>
  )
}

/** What was chosen stays a choice, also where there is none of it any more. */
function withChosen(names: readonly string[], chosen: string | undefined): readonly string[] {
  return chosen === undefined || names.includes(chosen) ? names : [...names, chosen]
}
