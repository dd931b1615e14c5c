import { type Accessor, createSignal, onCleanup } from 'solid-js'

/** A number, and how to move it on: however often that is asked for, it grows once per animation frame. */
export function createFrameSignal(): [Accessor<number>, () => void] {
  const [version, setVersion] = createSignal(0)
  let frame: number | undefined
  const changed = () => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined
      setVersion((number) => number + 1)
    })
  }
  onCleanup(() => frame !== undefined && cancelAnimationFrame(frame))
  return [version, changed]
}
