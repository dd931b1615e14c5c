import type { JSX, ParentProps } from 'solid-js'

/** One figure with its name, in a `dl`. */
export function Fact(props: ParentProps<{ label: string }>): JSX.Element {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
