// The statement of an account for a month, as a page to print.
import type { Read } from '@constellation/platform/database/read-replica.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { type Principal, personName } from '@constellation/platform/identity.ts'
import type { UsageStatement } from '../generated/resolvers.ts'
import { month } from '../ledger/hours.ts'
import { readInput } from '../read-input.ts'
import { readStatement } from './read-statement.ts'
import { toPage } from './to-page.ts'

/** Of the runs that the principal may see. @throws ConstellationError BAD_USER_INPUT, FORBIDDEN */
export async function writeStatement(
  read: Read,
  who: Principal,
  account: string,
  given: string,
): Promise<UsageStatement> {
  const name = readInput(personName, account, 'account')
  const day = readInput(month, given, 'month')
  if (Date.parse(day) > Date.now()) throw invalidInput([{ path: 'month', message: 'has not begun' }])
  const statement = await readStatement(read, who, name, day)
  return { account: name, month: statement.month, html: toPage(statement) }
}
