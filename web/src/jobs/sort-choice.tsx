import { For } from 'solid-js'
import type { JobOrder, JobOrderField } from '../generated/documents.ts'
import { tableWords } from './table-words.ts'
import { orderOf, orderWord } from './wanted.ts'

const FIELDS: readonly JobOrderField[] = ['CREATED', 'STARTED', 'FINISHED', 'NAME', 'PRIORITY']

/** All orders, also those that no column is the head of, and where there are no columns. */
export function SortChoice(props: { order: JobOrder; onOrder: (order: JobOrder) => void }) {
  return (
    <select
      class="input"
      style={{ width: 'auto' }}
      aria-label={tableWords.sort}
      value={orderWord(props.order)}
      onChange={(event) => props.onOrder(orderOf(event.currentTarget.value))}
    >
      <For each={FIELDS}>
        {(by) => (
          <>
            <option value={orderWord({ by, direction: 'DESCENDING' })}>{tableWords.orders[by].down}</option>
            <option value={orderWord({ by, direction: 'ASCENDING' })}>{tableWords.orders[by].up}</option>
          </>
        )}
      </For>
    </select>
  )
}
