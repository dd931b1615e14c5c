// Who may ask for what: each service has a table of rules over all that can be asked of it, which holds
// before any resolver runs. What is whose is decided in the domain.
import { defaultFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { ConstellationError } from './errors.ts'
import { type Principal, type Role, requireRole, type Scope } from './identity.ts'

/** Both must hold. */
export interface Rule {
  roles: readonly Role[]
  /** Needed of a token that is limited to scopes. */
  scope: Scope
}

/**
 * A rule for each field of Query and Mutation, and for each type that other services refer to. Types that are only named
 * in a service, and resolved elsewhere, have none: nobody may ask for them.
 */
export interface Rules {
  Query: Readonly<Record<string, Rule>>
  Mutation: Readonly<Record<string, Rule>>
  references: Readonly<Record<string, Rule>>
}

/**
 * The rules of one service, from its generated types: a field that is added to the contract does not compile until it
 * has a rule. `object` stands for no fields.
 */
export type RulesOf<Query extends object, Mutation extends object, References extends object> = {
  [Root in keyof Rules]: Readonly<
    Record<keyof (Root extends 'Query' ? Query : Root extends 'Mutation' ? Mutation : References), Rule>
  >
}

const PEOPLE = ['user', 'account-manager', 'analyst', 'operator', 'admin'] as const

/** Whoever is signed in, but no worker. */
export const READS: Rule = { roles: PEOPLE, scope: 'READ' }
/** Whoever may have jobs. */
export const SUBMITS: Rule = { roles: ['user', 'account-manager', 'operator', 'admin'], scope: 'SUBMIT' }
/** Who sees what everybody uses. */
export const ANALYSES: Rule = { roles: ['analyst', 'operator', 'admin'], scope: 'READ' }
/** Who sees what accounts may spend. */
export const SEES_BUDGETS: Rule = { roles: ['account-manager', 'analyst', 'operator', 'admin'], scope: 'READ' }
/** Who says what accounts may spend. */
export const SETS_BUDGETS: Rule = { roles: ['account-manager', 'admin'], scope: 'OPERATE' }
/** Who runs the place. */
export const OPERATES: Rule = { roles: ['operator', 'admin'], scope: 'OPERATE' }
/** Who runs those who run the place. */
export const ADMINISTERS: Rule = { roles: ['admin'], scope: 'OPERATE' }
/** Workers alone, each for itself. */
export const WORKS: Rule = { roles: ['worker'], scope: 'OPERATE' }

/** @throws ConstellationError FORBIDDEN unless the rule lets the principal through; without a rule nobody may. */
export function requireRule(who: Principal, rule: Rule | undefined): void {
  if (!rule) throw new ConstellationError('FORBIDDEN', 'This is for nobody.')
  requireRole(who, ...rule.roles)
  if (who.scopes && !who.scopes.includes(rule.scope)) {
    throw new ConstellationError('FORBIDDEN', `This needs a token with the scope ${rule.scope}.`)
  }
}

/**
 * Puts the rules before the resolvers of a subgraph's schema; contexts must have the principal as `who`.
 * @throws Error for a field without a rule, and a rule without a field or a type
 */
export function enforceRules(schema: GraphQLSchema, rules: Rules): void {
  const query = schema.getQueryType()
  if (!query) throw new Error('A subgraph has queries.')
  guardFields(query, rules.Query)
  const mutation = schema.getMutationType()
  if (mutation) guardFields(mutation, rules.Mutation)
  guardReferences(schema, query, rules.references)
}

interface Asked {
  who: Principal
}

/** Federation's own: references have rules by type, and the contract is composed from files and not told to anybody. */
const OF_FEDERATION = new Set(['_entities', '_service'])

function guardFields(type: GraphQLObjectType, rules: Readonly<Record<string, Rule>>): void {
  const fields = Object.entries(type.getFields())
  const own = fields.map(([name]) => name).filter((name) => !OF_FEDERATION.has(name))
  expectSame(type.name, own, rules)
  for (const [name, field] of fields) {
    if (name === '_entities') continue
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = (source, args, context: Asked, info) => {
      requireRule(context.who, Object.hasOwn(rules, name) ? rules[name] : undefined)
      return resolve(source, args, context, info)
    }
  }
}

function guardReferences(schema: GraphQLSchema, query: GraphQLObjectType, rules: Readonly<Record<string, Rule>>): void {
  const union = schema.getType('_Entity')
  const types = union && 'getTypes' in union ? union.getTypes() : []
  const names = new Set(types.map(({ name }) => name))
  const extra = Object.keys(rules).filter((name) => !names.has(name))
  if (extra.length > 0) throw new Error(`Rules of references differ from the contract: ${extra.join(', ')}.`)
  const field = query.getFields()._entities
  if (!field) return
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (source, args: { representations: readonly { __typename?: unknown }[] }, context: Asked, info) => {
    const asked = new Set(args.representations.map(({ __typename }) => String(__typename)))
    for (const type of asked) requireRule(context.who, Object.hasOwn(rules, type) ? rules[type] : undefined)
    return resolve(source, args, context, info)
  }
}

function expectSame(what: string, names: readonly string[], rules: Readonly<Record<string, Rule>>): void {
  const ruled = Object.keys(rules)
  const faults = [...names.filter((name) => !ruled.includes(name)), ...ruled.filter((name) => !names.includes(name))]
  if (faults.length > 0) throw new Error(`Rules of ${what} differ from the contract: ${faults.join(', ')}.`)
}
