// What every page says.
export const words = {
  brand: 'Constellation',
  nav: { label: 'Main', jobs: 'Jobs', gpus: 'GPUs', queue: 'Queue', usage: 'Usage' },
  skip: 'Skip to the content',
  submit: 'Submit job',
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
    signOut: 'Log out',
  },
  signIn: {
    title: 'Sign in to Constellation',
    intro: 'Open the link that npm start printed, or paste a token (or that link) here.',
    refused:
      'The server does not accept this token: it has expired, or another server made it. Make a new one as below.',
    ended: 'Your sign-in has ended. Sign in again.',
    issuer: (host: string) => `Sign in with ${host}`,
    orToken: 'Or with a token:',
    field: 'Token',
    unreadable: 'This is no token: it should be three parts with dots between, or the link that holds it.',
    button: 'Sign in',
    how: 'No token yet? On the machine that runs Constellation:',
    command: 'npm run token -- --user you --account your-team --role user',
  },
  notFound: { title: 'There is no such page', text: 'The address leads nowhere.', back: 'Go to the jobs' },
  broken: {
    title: 'This page failed to show',
    text: 'Reloading usually helps, above all after an update of the server.',
    reload: 'Reload',
  },
  close: 'Close',
  simulated: 'simulated',
  simulatedTitle: 'No such hardware exists: a stand-in for trying Constellation out.',
  none: '–',
} as const
