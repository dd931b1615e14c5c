// How an operation may look, over HTTP and over a socket alike. What it may ask for is in cost.ts.
import { NoSchemaIntrospectionCustomRule, type ValidationRule } from 'graphql'
import { SELECTION_RULES } from '../limits/selection-rules.ts'

/** Words and signs in one document; the largest that the page sends has some 400. */
export const PARSE_OPTIONS = { maxTokens: 2_000 }

/** Rules beside GraphQL's own. */
export function validationRules({ introspection }: { introspection: boolean }): ValidationRule[] {
  return introspection ? [...SELECTION_RULES] : [...SELECTION_RULES, NoSchemaIntrospectionCustomRule]
}
