import { expect, it } from 'vitest'
import { linkOf, readViews, sameView, viewPart, withView } from './views.ts'

it('is what the address asks for, not how far somebody has leafed', () => {
  expect(viewPart({ state: 'failed', after: 'x', q: '' })).toEqual({ state: 'failed' })
  expect(sameView({ state: 'failed', after: 'x' }, { state: 'failed' })).toBe(true)
  expect(sameView({ state: 'failed' }, { state: 'failed', sort: 'name' })).toBe(false)
})

it('is a link', () => {
  expect(linkOf({ q: 'lr=0.1 a&b', state: 'failed' })).toBe('/jobs?state=failed&q=lr%3D0.1+a%26b')
  expect(linkOf({})).toBe('/jobs')
})

it('replaces the one of its name', () => {
  const one = { name: 'one', address: { q: '1' } }
  const two = { name: 'two', address: { q: '2' } }
  expect(withView([one, two], { name: 'one', address: { q: '3' } })).toEqual([
    two,
    { name: 'one', address: { q: '3' } },
  ])
})

it('is read from what was kept, and from nothing else', () => {
  const good = { name: 'good', address: { q: 'x', state: 'failed' } }
  expect(readViews([good, { name: '', address: {} }, { name: 'x' }, 'y', null])).toEqual([good])
  expect(readViews([{ name: 'odd', address: { q: 7, after: 'x', other: 'y', sort: 'name' } }])).toEqual([
    { name: 'odd', address: { sort: 'name' } },
  ])
  expect(readViews({ views: [] })).toEqual([])
})
