import { plural } from '../shared/language.ts'

// What the page of API tokens says.
export const words = {
  title: 'API tokens',
  intro: 'A token lets a script do what you may, within its scopes. Revoke it when it is no longer needed.',
  create: 'Create token',
  form: {
    name: 'Name',
    nameHint: 'What you will know it by, such as the script that uses it.',
    scopes: 'Scopes',
    days: 'Ends after',
    inDays: (days: number) => `${days} ${plural(days, { one: 'day', other: 'days' })}`,
  },
  scopes: {
    READ: 'Read: look at jobs, GPUs and usage',
    SUBMIT: 'Submit: submit, change and cancel jobs',
    OPERATE: 'Operate: take GPUs out of service, rule the queue',
  },
  made: 'This is the token. Copy it now: it is not shown again.',
  copy: 'Copy',
  copied: 'Copied',
  done: 'Done',
  columns: { name: 'Name', owner: 'Of', scopes: 'Scopes', used: 'Last used', ends: 'Ends', act: 'Revoke' },
  never: 'never',
  revoke: 'Revoke',
  revokeNamed: (name: string) => `Revoke ${name}`,
  sure: (name: string) => `Revoke ${name}? Scripts that use it stop working at once.`,
  cancel: 'Cancel',
  revoked: 'revoked',
  ended: 'ended',
  none: 'There are no tokens yet. Create one for each script, with no more scopes than it needs.',
  loading: 'Loading…',
} as const
