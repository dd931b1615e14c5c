// What every page says.
export const words = {
  brand: 'Constellation',
  nav: { label: 'Main', jobs: 'Jobs', gpus: 'GPUs', queue: 'Queue', usage: 'Usage' },
  skip: 'Skip to the content',
  submit: 'Submit job',
  find: 'Search',
  link: {
    connecting: { text: 'Connecting', title: 'The live connection is being made.' },
    live: { text: 'Live', title: 'Changes appear as they happen.' },
    polling: {
      text: 'Polling',
      title: 'The live connection is down: the page asks every 5 seconds, and reconnects by itself.',
    },
  },
  person: {
    menu: (id: string) => `Menu of ${id}`,
    unknown: 'Signed in',
    role: 'Role',
    accounts: 'Accounts',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    tokens: 'API tokens',
    shortcuts: 'Shortcuts',
    signOut: 'Log out',
  },
  signedOut: {
    refused:
      'The server does not accept this token: it has expired, or another server made it. Make a new one as below.',
    ended: 'Your sign-in has ended. Sign in again.',
  },
  notFound: { title: 'There is no such page', text: 'The address leads nowhere.', back: 'Go to the jobs' },
  broken: {
    title: 'This page failed to show',
    text: 'Reloading usually helps, above all after an update of the server.',
    reload: 'Reload',
  },
  errors: {
    late: 'The server took too long to answer. It may be busy: the page keeps trying.',
    away: 'The server does not answer. Check that Constellation runs (npm start): the page keeps trying.',
    unknown: 'The server could not answer. Try again in a moment.',
  },
  since: (time: string) => `since ${time}`,
  close: 'Close',
  simulated: 'simulated',
  simulatedTitle: 'No such hardware exists: a stand-in for trying Constellation out.',
  none: '–',
} as const
