// The graph's fields about API tokens, each one call into the domain.
import type { Resolvers } from '../generated/resolvers.ts'
import { createApiToken, listApiTokens, revokeApiToken } from './api-tokens.ts'
import { checkApiToken } from './check-token.ts'

export const tokenQueries: NonNullable<Resolvers['Query']> = {
  viewer: (_, __, { who }) => ({ ...who, scopes: who.scopes ?? null }),
  apiTokens: (_, __, context) => listApiTokens(context),
  checkApiToken: (_, { hash }, context) => checkApiToken(context, hash),
}

export const tokenMutations: NonNullable<Resolvers['Mutation']> = {
  createApiToken: async (_, { input }, context) => {
    const result = await createApiToken(context, input)
    return 'token' in result ? { ...result, problems: [] } : { token: null, secret: null, ...result }
  },
  revokeApiToken: (_, { id }, context) => revokeApiToken(context, id),
}

export const tokenFields: Pick<Resolvers, 'ApiToken' | 'CheckedApiToken'> = {
  ApiToken: {
    createdAt: ({ createdAt }) => createdAt.toISOString(),
    expiresAt: ({ expiresAt }) => expiresAt.toISOString(),
    lastUsedAt: ({ lastUsedAt }) => lastUsedAt?.toISOString() ?? null,
    revokedAt: ({ revokedAt }) => revokedAt?.toISOString() ?? null,
  },
  CheckedApiToken: { expiresAt: ({ expiresAt }) => expiresAt.toISOString() },
}
