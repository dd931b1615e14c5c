// What the cache does by itself about tokens: a new one enters the list.
import type { UpdateResolver } from '@urql/exchange-graphcache'
import { ApiTokensDocument, type CreateApiTokenMutation } from '../generated/documents.ts'
import type { CacheRules } from '../shared/graph.ts'

const createApiToken: UpdateResolver<CreateApiTokenMutation> = ({ createApiToken: { token } }, _, cache) => {
  if (!token) return
  cache.updateQuery({ query: ApiTokensDocument }, (data) =>
    data?.apiTokens ? { ...data, apiTokens: [token, ...data.apiTokens] } : data,
  )
}

export const tokenUpdates: NonNullable<CacheRules['updates']['Mutation']> = { createApiToken }
