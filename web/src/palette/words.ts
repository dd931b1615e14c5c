// What the palette says.
export const words = {
  title: 'Go to, or do',
  field: 'Search jobs, GPUs, pages and actions',
  results: 'Results',
  groups: { recent: 'Recent', pages: 'Pages', actions: 'Actions', jobs: 'Jobs', gpus: 'GPUs' },
  none: (typed: string) =>
    `Nothing is called “${typed}”. Jobs are found by name, command, user or the beginning of their id.`,
  hint: { move: 'to choose', open: 'to open', close: 'to close' },
  gpu: (index: number, host: string) => `GPU ${index} of ${host}`,
  line: (line: string) => `Go to line ${line} of the log`,
  job: (state: string, user: string) => `${state} · ${user}`,
  actions: {
    submit: 'Submit a job',
    light: 'Use the light theme',
    dark: 'Use the dark theme',
    system: 'Use the theme of the system',
    shortcuts: 'Show the keyboard shortcuts',
    signOut: 'Log out',
  },
} as const
