import { describe, expect, it } from 'vitest'
import { looksLikeShell, parseArgv, quoteArgv } from './argv.ts'

describe('parseArgv', () => {
  it('parts words by any white space', () => {
    expect(parseArgv('  python3\ttrain.py \n --epochs  3 ')).toEqual({ argv: ['python3', 'train.py', '--epochs', '3'] })
  })

  it('keeps everything between single quotes', () => {
    expect(parseArgv(`echo 'a "b" \\n $HOME'`)).toEqual({ argv: ['echo', 'a "b" \\n $HOME'] })
  })

  it('knows two escapes between double quotes, and leaves other backslashes', () => {
    expect(parseArgv(String.raw`echo "a \"b\" \\ \n"`)).toEqual({ argv: ['echo', String.raw`a "b" \ \n`] })
  })

  it('joins quoted and bare pieces that touch into one word', () => {
    expect(parseArgv(`--name='two words'"!"x`)).toEqual({ argv: ['--name=two words!x'] })
  })

  it('keeps an empty word that is quoted', () => {
    expect(parseArgv(`printf '' ""`)).toEqual({ argv: ['printf', '', ''] })
  })

  it('takes the character after a backslash as it is, and joins lines', () => {
    expect(parseArgv('a\\ b c\\\n  d')).toEqual({ argv: ['a b', 'c', 'd'] })
  })

  it('expands nothing', () => {
    expect(parseArgv('echo $HOME *.py | cat')).toEqual({ argv: ['echo', '$HOME', '*.py', '|', 'cat'] })
  })

  it('says what is wrong with a quote or a backslash that is left open', () => {
    expect(parseArgv(`echo "a`)).toHaveProperty('problem')
    expect(parseArgv(`echo 'a`)).toHaveProperty('problem')
    expect(parseArgv('echo \\')).toHaveProperty('problem')
  })

  it('reads an empty line as no words', () => {
    expect(parseArgv('  ')).toEqual({ argv: [] })
  })
})

describe('quoteArgv', () => {
  it('is read back as the same words', () => {
    const argv = ['python3', '-c', `print("it's")`, '', 'a\\b', 'two\nlines', '$HOME', 'ü']
    expect(parseArgv(quoteArgv(argv))).toEqual({ argv })
  })

  it('leaves plain words without quotes', () => {
    expect(quoteArgv(['python3', './train.py', '--lr=0.1'])).toBe('python3 ./train.py --lr=0.1')
  })
})

describe('looksLikeShell', () => {
  it.each(['a | b', 'a && b', 'echo $HOME', 'echo "$HOME"', 'a > b', 'ls *.py', 'echo $(date)', 'a; b'])(
    'sees it in %s',
    (line) => {
      expect(looksLikeShell(line)).toBe(true)
    },
  )

  it.each([`echo '$HOME | b'`, 'python3 -c "a < b; c"', 'a --cost=5$', 'a \\| b', 'plain words'])(
    'sees none in %s',
    (line) => {
      expect(looksLikeShell(line)).toBe(false)
    },
  )
})
