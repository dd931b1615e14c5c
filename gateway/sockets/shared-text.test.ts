import { expect, test } from 'vitest'
import { piecesOf, sharing } from './shared-text.ts'

/** As graphql-ws writes a result for a subscription of this id. */
function write(id: string, result: { data: Record<string, unknown> }): string {
  return JSON.stringify({ id, type: 'next', payload: { ...sharing({ ...result }, result) } })
}
const textOf = (pieces: readonly (string | Buffer)[]) => pieces.map(String).join('')

test('a result for several is written once, and each message has its own id', () => {
  const result = { data: { telemetry: Array.from({ length: 2_000 }, (_, i) => ({ gpuId: `gpu-${i}`, name: 'ö' })) } }
  const [one, two] = [piecesOf(write('one', result)), piecesOf(write('two', result))]
  expect(one).toHaveLength(3)
  expect(two[1]).toBe(one[1])
  expect(JSON.parse(textOf(one))).toEqual({ id: 'one', type: 'next', payload: result })
  expect(JSON.parse(textOf(two))).toEqual({ id: 'two', type: 'next', payload: result })
})

test('a small result is sent in one piece', () => {
  const pieces = piecesOf(write('one', { data: { a: 'ö' } }))
  expect(pieces).toEqual(['{"id":"one","type":"next","payload":{"data":{"a":"ö"}}}'])
})

test('a message of another kind is sent as it is, also right after a result', () => {
  piecesOf(write('one', { data: { a: 1 } }))
  expect(piecesOf('{"type":"pong"}')).toEqual(['{"type":"pong"}'])
})

test('it is told where graphql-ws no longer writes results as it did', () => {
  const message = write('one', { data: { a: 1 } })
  expect(() => piecesOf(`${message} `)).toThrow('in another way')
})
