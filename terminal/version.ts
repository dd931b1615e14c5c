// What this is, told without asking anybody.
import description from './package.json' with { type: 'json' }

export const VERSION = description.version
