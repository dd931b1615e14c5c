import { createUniqueId, type JSX, Show } from 'solid-js'

/** What a control needs so that its label, hint and problem belong to it. */
export interface ControlProps {
  id: string
  'aria-describedby': string
  'aria-invalid': boolean
}

/** A labelled control, with a hint under it, or what is wrong with it. */
export function Field(props: {
  label: string
  hint?: string | undefined
  problem: string | undefined
  control: (control: ControlProps) => JSX.Element
}) {
  const id = createUniqueId()
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.control({
        id,
        'aria-describedby': `${id}-help`,
        get 'aria-invalid'() {
          return props.problem !== undefined
        },
      })}
      <div id={`${id}-help`}>
        <Show when={props.problem} fallback={<Show when={props.hint}>{(hint) => <p class="hint">{hint()}</p>}</Show>}>
          {(problem) => <p class="problem">{problem()}</p>}
        </Show>
      </div>
    </div>
  )
}
