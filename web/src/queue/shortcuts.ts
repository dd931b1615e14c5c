/** The keys of the page of the queue, while a job of it has the focus. */
export const queueShortcuts: readonly { keys: string; text: string }[] = [
  { keys: '↑ ↓', text: 'From job to job' },
  { keys: 'Alt+↑', text: 'Move the job before the one above' },
  { keys: 'Alt+↓', text: 'Move the job after the one below' },
  { keys: 'Enter', text: 'Open the job' },
]
