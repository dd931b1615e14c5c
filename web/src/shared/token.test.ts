import { describe, expect, it } from 'vitest'
import { identityOf, tokenFromFragment, tokenFromPaste } from './token.ts'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${encode({ alg: 'EdDSA' })}.${encode({ sub: 'zoë', role: 'user', accounts: ['team-a'] })}.c2ln`

describe('tokenFromFragment', () => {
  it('takes the token, wherever it stands', () => {
    expect(tokenFromFragment(`#token=${token}`)).toBe(token)
    expect(tokenFromFragment(`#a=b&token=${token}`)).toBe(token)
  })

  it.each(['', '#', '#token=', '#content', '#tokens=x'])('finds none in "%s"', (fragment) => {
    expect(tokenFromFragment(fragment)).toBeUndefined()
  })
})

describe('tokenFromPaste', () => {
  it('takes a token, a header and a whole link', () => {
    expect(tokenFromPaste(` ${token}\n`)).toBe(token)
    expect(tokenFromPaste(`Bearer ${token}`)).toBe(token)
    expect(tokenFromPaste(`http://127.0.0.1:4000/app/#token=${token}`)).toBe(token)
  })

  it.each(['', 'rubbish', 'a.b', 'http://127.0.0.1:4000/app/', 'a.b.c d'])('finds none in "%s"', (text) => {
    expect(tokenFromPaste(text)).toBeUndefined()
  })
})

describe('identityOf', () => {
  it('reads whose token it is', () => {
    expect(identityOf(token)).toEqual({ id: 'zoë', role: 'user', accounts: ['team-a'] })
  })

  it('reads nothing in what is no token, or is another one', () => {
    const nobody = { id: '', role: '', accounts: [] }
    expect(identityOf('rubbish')).toEqual(nobody)
    expect(identityOf('a.%%%.c')).toEqual(nobody)
    expect(identityOf(`a.${encode(null)}.c`)).toEqual(nobody)
    expect(identityOf(`a.${encode({ sub: 1, role: {}, accounts: 'x' })}.c`)).toEqual(nobody)
  })
})
