// The graph's fields about API tokens, each one call into the domain.
import type { Resolvers } from '../generated/resolvers.ts'
import { type Created, createApiToken, listApiTokens, revokeApiToken } from './api-tokens.ts'
import { checkApiToken } from './check-token.ts'
import { enrolWorker } from './enrol-worker.ts'

export const tokenQueries: NonNullable<Resolvers['Query']> = {
  viewer: (_, __, { who }) => ({ ...who, scopes: who.scopes ?? null }),
  apiTokens: (_, __, context) => listApiTokens(context),
  checkApiToken: (_, { hash }, context) => checkApiToken(context, hash),
}

export const tokenMutations: NonNullable<Resolvers['Mutation']> = {
  createApiToken: async (_, { input }, context) => createdPayload(await createApiToken(context, input)),
  enrolWorker: async (_, { name }, context) => createdPayload(await enrolWorker(context, name)),
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

function createdPayload(result: Created) {
  return 'token' in result ? { ...result, problems: [] } : { token: null, secret: null, ...result }
}
