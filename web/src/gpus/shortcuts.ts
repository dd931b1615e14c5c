/** The keys of the page of GPUs, all of them while the heatmap has the focus. */
export const gpusShortcuts: readonly { keys: string; text: string }[] = [
  { keys: '← ↑ → ↓', text: 'From GPU to GPU of the heatmap' },
  { keys: 'Home, End', text: 'To its first or last GPU' },
  { keys: 'Enter', text: 'Open the GPU' },
  { keys: '1 2 3 4', text: 'Colour by utilisation, memory, power or temperature' },
]
