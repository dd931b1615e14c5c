// What a list without jobs says.
export const emptyWords = {
  empty: {
    title: 'No jobs yet',
    text: 'Submit a command with the GPUs that it needs, and watch it run here.',
    button: 'Submit your first job',
    or: 'or from a terminal, with a token:',
  },
  noneMatch: {
    title: 'No job matches',
    text: 'None of the jobs you may see is what you ask for.',
    clear: 'Clear the filters',
  },
} as const
