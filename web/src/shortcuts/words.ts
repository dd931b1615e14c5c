// What the sheet of shortcuts says.
export const words = {
  title: 'Keyboard shortcuts',
  groups: { everywhere: 'Everywhere', jobs: 'List of jobs', gpus: 'GPUs', queue: 'Queue' },
  palette: 'Find a job, a GPU, a page',
  goTo: (page: string) => `Go to ${page}`,
  submit: 'Submit a job',
  search: 'Search on this page',
  sheet: 'Show these shortcuts',
  close: 'Close what is open',
  or: 'or',
  single: 'Single keys do something. Turn them off if you dictate, or hit keys by mistake.',
} as const
