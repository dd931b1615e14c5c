import type { GpuState } from '../generated/documents.ts'
import styles from './gpu-state.module.css'
import { words } from './words.ts'

/** Whether its state needs somebody to look at it. */
export function isBad(state: GpuState): boolean {
  return state === 'MISSING' || state === 'UNREACHABLE' || state === 'UNHEALTHY'
}

/** A GPU's state as a dot and a word; `busy` while it has a run. */
export function GpuStateLabel(props: { state: GpuState; busy: boolean }) {
  const text = () => (props.state === 'AVAILABLE' && props.busy ? words.places.busy : words.state[props.state])
  return (
    <span class={styles.state} data-state={props.state} data-busy={props.busy ? '' : undefined}>
      {text()}
    </span>
  )
}
