import { describe, expect, it } from 'vitest'
import {
  readLabels,
  readMounts,
  readSweep,
  readVariables,
  readWords,
  writeMounts,
  writeSweep,
  writeVariables,
} from './written-lists.ts'

describe('variables', () => {
  it('are one a line, with or without export, and keep their value as it stands', () => {
    expect(readVariables('A=1\n\n export B="x" y=z \n')).toEqual({ read: { A: '1', B: '"x" y=z ' } })
  })

  it('come back the same, also of several lines', () => {
    const values = { A: '', B: `it's\n\\n "two"\r`, C: `$'x'`, D: ' = ' }
    expect(readVariables(writeVariables(values))).toEqual({ read: values })
  })

  it('name the line that is none', () => {
    expect(readVariables('A=1\nnot one')).toEqual({ faultyLine: 2 })
    expect(readVariables('a.b=1')).toEqual({ faultyLine: 1 })
    expect(readLabels('a.b/c=1')).toEqual({ read: { 'a.b/c': '1' } })
  })
})

describe('sweeps', () => {
  it('have their values between commas', () => {
    expect(readSweep('LR=0.1, 0.01\nMODEL=a')).toEqual({
      read: [
        { name: 'LR', values: ['0.1', '0.01'] },
        { name: 'MODEL', values: ['a'] },
      ],
    })
  })

  it('come back the same, also with commas, spaces and nothing in values', () => {
    const sweep = [
      { name: 'A', values: ['a,b', '', ' c '] },
      { name: 'B', values: ['["x"]'] },
      { name: 'C', values: ['1', '2'] },
    ]
    expect(readSweep(writeSweep(sweep))).toEqual({ read: sweep })
  })

  it('name the line that is none', () => {
    expect(readSweep('A=1\nB=["x", 1]')).toEqual({ faultyLine: 2 })
  })
})

describe('mounts', () => {
  it('come back the same', () => {
    const mounts = [
      { source: '/data', target: '/data', readOnly: true },
      { source: '/out', target: '/mnt' },
    ]
    expect(readMounts(writeMounts(mounts))).toEqual({ read: mounts })
    expect(readMounts('/data:/data:rw')).toEqual({ read: [{ source: '/data', target: '/data' }] })
  })

  it.each(['/data', '/a:/b:/c', '/a:/b:ro:x', ':/b'])('%j is none', (line) => {
    expect(readMounts(line)).toEqual({ faultyLine: 1 })
  })
})

it('words have spaces, commas or lines between them', () => {
  expect(readWords(' a, b\nc ')).toEqual(['a', 'b', 'c'])
})
