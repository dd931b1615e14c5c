// All that the page says, in one place for whoever translates or reads it over. The page itself loads the words of each
// part with that part.
import { words as charts } from './charts/words.ts'
import { words as gpu } from './gpu/words.ts'
import { words as gpus } from './gpus/words.ts'
import { words as job } from './job/words.ts'
import { bulkWords as jobsBulk } from './jobs/bulk-words.ts'
import { emptyWords as jobsEmpty } from './jobs/empty-words.ts'
import { tableWords as jobsTable } from './jobs/table-words.ts'
import { words as jobs } from './jobs/words.ts'
import { words as log } from './log/words.ts'
import { words as operate } from './operate/words.ts'
import { words as palette } from './palette/words.ts'
import { words as queue } from './queue/words.ts'
import { signInWords as signIn } from './shared/sign-in-words.ts'
import { words as shared } from './shared/words.ts'
import { words as shortcuts } from './shortcuts/words.ts'
import { words as submit } from './submit/words.ts'
import { words as tokens } from './tokens/words.ts'
import { words as usage } from './usage/words.ts'

export const catalogue = {
  charts,
  gpu,
  gpus,
  job,
  jobs,
  log,
  operate,
  palette,
  queue,
  shared,
  shortcuts,
  submit,
  tokens,
  usage,
  jobsTable,
  jobsBulk,
  jobsEmpty,
  signIn,
}

/** What a translation of such words has to have: the same names, and functions of the same arguments. */
export type Translation<Words> = Words extends string
  ? string
  : Words extends (...args: infer Args) => infer Said
    ? (...args: Args) => Translation<Said>
    : { readonly [Name in keyof Words]: Translation<Words[Name]> }
