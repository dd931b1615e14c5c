// The operations of the contract as types: what a handler is given, and what it may answer.
import type { components, operations } from '@constellation/schema/generated/openapi.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The shapes that the contract names. */
export type Shape = components['schemas']

/** One function for each operation of the contract that is given, by its `operationId`. */
export type Handlers<Names extends keyof operations> = { [Name in Names]: Handler<operations[Name]> }

type Handler<Operation> = (
  request: FastifyRequest<{
    Params: Given<Operation, 'path'>
    Querystring: Given<Operation, 'query'>
    Headers: Lowered<Given<Operation, 'header'>>
    Body: Body<Operation>
  }>,
  reply: FastifyReply,
) => Promise<Answer<Operation> | FastifyReply>

type Given<Operation, Place extends string> = Operation extends { parameters: { [P in Place]?: infer Parameters } }
  ? NonNullable<Parameters>
  : never

/** Node has the names of headers in lower case. */
type Lowered<Headers> = { [Name in keyof Headers as Name extends string ? Lowercase<Name> : never]: Headers[Name] }

type Body<Operation> = Operation extends { requestBody: { content: { 'application/json': infer Json } } } ? Json : never

type Answer<Operation> = Operation extends { responses: { 200: { content: { 'application/json': infer Json } } } }
  ? Json
  : never
