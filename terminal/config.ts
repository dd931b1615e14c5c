// What the environment says: which server, as whom, and where what is kept stands.
import path from 'node:path'

export interface Settings {
  url: string | undefined
  token: string | undefined
  /** The name of what `login` has kept. */
  context: string | undefined
  /** Where that is kept: one file, which its owner alone may read. */
  file: string
  /** The home of a stack on this machine, where it is said. */
  home: string | undefined
  /** What opens a page. */
  browser: string | undefined
}

/** Variables that are empty count as absent. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const of = (name: string) => env[name] || undefined
  const folder = of('XDG_CONFIG_HOME') ?? path.join(of('HOME') ?? '.', '.config')
  return {
    url: of('CONSTELLATION_URL'),
    token: of('CONSTELLATION_TOKEN'),
    context: of('CONSTELLATION_CONTEXT'),
    file: path.join(folder, 'constellation', 'config.json'),
    home: of('CONSTELLATION_HOME'),
    browser: of('BROWSER'),
  }
}

/** A variable that a job is to be given as it is here. */
export function readVariable(name: string): string | undefined {
  return process.env[name]
}
