// The first page of the reference. Pure.
import { type GraphQLSchema, isObjectType } from 'graphql'
import { MADE, page, table } from './markdown.ts'
import { type Contract, operationsOf } from './rest/contract.ts'

export function indexPage(api: GraphQLSchema, contract: Contract): string {
  const count = (root: string) => {
    const type = api.getType(root)
    return isObjectType(type) ? Object.keys(type.getFields()).length : 0
  }
  const counts = `${count('Query')} queries, ${count('Mutation')} mutations, ${count('Subscription')} subscriptions`
  return page(
    MADE,
    '# Reference',
    'Made from the contracts, the programs’ settings and the terminal’s own help, so it is what this version does.',
    table(
      ['', ''],
      [
        ['[The graph](graph/README.md)', `${counts}: what each takes and gives, and who may ask for it`],
        ['[REST](rest.md)', `${operationsOf(contract).length} operations, each with a line for the shell`],
        ['[Configuration](configuration.md)', 'every setting of every program'],
        ['[The terminal](terminal.md)', 'every command with its options'],
        ['[Errors](errors.md)', 'codes, statuses and exit codes'],
      ],
    ),
  )
}
