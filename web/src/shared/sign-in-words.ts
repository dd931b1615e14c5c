// What the screen to sign in says.
export const signInWords = {
  title: 'Sign in to Constellation',
  intro: 'Open the link that npm start printed, or paste a token (or that link) here.',
  issuer: (host: string) => `Sign in with ${host}`,
  orToken: 'Or with a token:',
  field: 'Token',
  unreadable: 'This is no token: it should be three parts with dots between, or the link that holds it.',
  button: 'Sign in',
  how: 'No token yet? On the machine that runs Constellation:',
  command: 'npm run token -- --user you --account your-team --role user',
} as const
