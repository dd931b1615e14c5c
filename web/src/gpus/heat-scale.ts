// The colours of the heatmap: from pale to dark on a light page, from dark to bright on a dark one, so that the more a
// GPU does the more it stands out. The scale is ColorBrewer's YlGnBu, whose steps differ in lightness: they are told
// apart without telling colours apart.

const LIGHT = ['#eef7d8', '#c7e9b4', '#7fcdbb', '#41b6c4', '#1d91c0', '#225ea8', '#0c2c84'] as const
const DARK = ['#16213f', '#1d3d78', '#22609f', '#2291b8', '#4dbfb4', '#a6dfa4', '#f4f9b8'] as const

/** As many steps as can be told apart, and more. */
export const STEPS = 48

/** A colour for each step. */
export const SCALES: Record<'light' | 'dark', readonly string[]> = { light: stepsOf(LIGHT), dark: stepsOf(DARK) }

/** The scale of either theme as a gradient of CSS, from left to right. */
export const GRADIENT = `linear-gradient(to right, ${LIGHT.map((light, i) => `light-dark(${light}, ${DARK[i]})`).join(', ')})`

/** The step of a share from 0 to 1: what is beyond is at the end. -1 where it is not known. */
export function stepOf(share: number): number {
  if (Number.isNaN(share)) return -1
  return Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1))
}

function stepsOf(stops: readonly string[]): string[] {
  return Array.from({ length: STEPS }, (_, step) => between(stops, step / (STEPS - 1)))
}

function between(stops: readonly string[], share: number): string {
  const place = share * (stops.length - 1)
  const index = Math.min(Math.floor(place), stops.length - 2)
  const [from, to] = [channels(stops[index]), channels(stops[index + 1])]
  const mixed = from.map((channel, i) => Math.round(channel + ((to[i] ?? 0) - channel) * (place - index)))
  return `rgb(${mixed.join(' ')})`
}

function channels(colour = '#000000'): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
