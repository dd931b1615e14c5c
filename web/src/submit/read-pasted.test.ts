import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { asCurl, asGraphql } from '../job/copy-as.ts'
import { inputOfJob } from '../job/input-of-job.ts'
import { FULL_JOB, NOW } from '../job/testing.ts'
import { readPasted } from './read-pasted.ts'

const read = (text: string) => readPasted(text, parse)
const input = inputOfJob(FULL_JOB, NOW)

describe('readPasted', () => {
  it('reads back what is copied, as YAML, as a request to the graph and as REST has it', () => {
    expect(read(stringify(input))).toEqual({ input })
    expect(read(asGraphql(input))).toEqual({ input })
    const body =
      asCurl(input, '')
        .match(/--data-raw '([\s\S]*)'$/)?.[1]
        ?.replaceAll(`'\\''`, "'") ?? ''
    expect(read(body)).toEqual({ input })
  })

  it('takes the texts of variables and sweeps for what they are', () => {
    const text = 'command: [train]\nenv: { LR: 0.1, ON: true }\narray: { sweep: [{ name: A, values: [1, two] }] }'
    expect(read(text)).toEqual({
      input: {
        command: ['train'],
        env: { LR: '0.1', ON: 'true' },
        array: { sweep: [{ name: 'A', values: ['1', 'two'] }] },
      },
    })
  })

  it('reads REST’s shorter ways', () => {
    expect(read('{"params": {"command": "a | b", "shell": true, "gpus": 2}}')).toEqual({
      input: { command: ['a | b'], shell: true, gpus: { count: 2 } },
    })
    expect(read('{"name": "train", "priority": 3, "params": {"epochs": 3, "some_name": "x"}}')).toEqual({
      input: { template: 'train', priority: 3, arguments: { epochs: '3', some_name: 'x' } },
    })
  })

  it.each([
    ['command: [a\n', /cannot be read/],
    ['just words', /no job/],
    ['name: x', /no job/],
    ['command: a b', /“command”/],
    ['{"command": ["a"], "gpu": 1}', /“gpu”/],
    ['gpus: { count: two }\ncommand: [a]', /“gpus.count”/],
    ['x'.repeat(1_000_001), /too long/],
  ])('says what is wrong with %.30j', (text, said) => {
    expect(read(text)).toEqual({ problem: expect.stringMatching(said) })
  })
})
