import { describe, expect, test } from 'vitest'
import { judgeLevels, judgeXid, type Levels, type RecoveryAction } from './policy.ts'

const WELL: Levels = {
  lost: false,
  temperatureC: 60,
  slowdownTemperatureC: 90,
  shutdownTemperatureC: 100,
  doubleBitEccErrors: 0,
  remapPending: false,
  remapFailed: false,
  recoveryAction: 'NONE',
  strangers: [],
}

/** What a report that differs in this from a good one has to say of `kind`. */
function judged(kind: keyof ReturnType<typeof judgeLevels>, changes: Partial<Levels>) {
  const reading = judgeLevels({ ...WELL, ...changes })[kind]
  if (reading === 'unclear') return reading
  return 'good' in reading ? 'good' : reading.severity
}

describe('an XID', () => {
  const FATAL = [48, 62, 64, 74, 79, 95, 119, 120, 140]
  const DRAINS = [63, 94]

  test.each(FATAL)('%i ends the run', (code) => {
    expect(judgeXid(code)).toMatchObject({
      severity: 'fatal',
      message: expect.stringMatching(`^XID ${code}: .+\\. .+\\.$`),
    })
  })

  test.each(DRAINS)('%i lets the run end', (code) => {
    expect(judgeXid(code)).toMatchObject({
      severity: 'drain',
      message: expect.stringMatching(`^XID ${code}: .+\\. .+\\.$`),
    })
  })

  test('of any other number up to 1000 is only noted', () => {
    for (let code = 0; code <= 1000; code++) {
      if (FATAL.includes(code) || DRAINS.includes(code)) continue
      expect([code, judgeXid(code).severity]).toEqual([code, 'note'])
    }
  })

  test('that is the program’s own fault says so, and one that is not known where to look', () => {
    for (const code of [13, 31, 43, 45]) expect(judgeXid(code).message).toContain("the program's own fault")
    expect(judgeXid(999).message).toBe("XID 999: see NVIDIA's catalogue of XIDs for what it is.")
  })
})

describe('levels', () => {
  test('of a GPU with which all is well are all good', () => {
    expect(Object.values(judgeLevels(WELL)).every((reading) => reading !== 'unclear' && 'good' in reading)).toBe(true)
  })

  test('of a lost GPU are not known', () => {
    const { lost, ...others } = judgeLevels({
      ...WELL,
      lost: true,
      remapFailed: true,
      strangers: [{ pid: 1, name: null }],
    })
    expect(lost).toMatchObject({ severity: 'fatal' })
    expect(new Set(Object.values(others))).toEqual(new Set(['unclear']))
  })

  test.each<[number | null, string]>([
    [null, 'unclear'],
    [0, 'good'],
    [1, 'drain'],
    [7, 'drain'],
  ])('with %s double-bit errors are %s', (doubleBitEccErrors, expected) => {
    expect(judged('ecc', { doubleBitEccErrors })).toBe(expected)
  })

  test.each<[boolean | null, string, string]>([
    [null, 'unclear', 'unclear'],
    [false, 'good', 'good'],
    [true, 'drain', 'fatal'],
  ])('with a remapping that is pending or has failed: %s are %s and %s', (flag, pending, failed) => {
    expect(judged('remap-pending', { remapPending: flag })).toBe(pending)
    expect(judged('remap-failed', { remapFailed: flag })).toBe(failed)
  })

  test.each<[RecoveryAction | null, string]>([
    [null, 'unclear'],
    ['NONE', 'good'],
    ['RESET', 'fatal'],
    ['REBOOT', 'fatal'],
    ['DRAIN_P2P', 'fatal'],
    ['DRAIN_AND_RESET', 'fatal'],
  ])('with the driver asking for %s are %s', (recoveryAction, expected) => {
    expect(judged('recovery-action', { recoveryAction })).toBe(expected)
  })

  test.each<[number | null, number | null, number | null, string]>([
    [null, 90, 100, 'unclear'],
    [60, null, null, 'unclear'],
    [80, 90, 100, 'good'],
    [80.1, 90, 100, 'unclear'],
    [89.9, 90, 100, 'unclear'],
    [90, 90, 100, 'drain'],
    [99.9, 90, 100, 'drain'],
    [100, 90, 100, 'fatal'],
    [120, 90, null, 'drain'],
    [100, null, 100, 'fatal'],
    [95, null, 100, 'unclear'],
    [90, null, 100, 'good'],
  ])(
    'at %s °C, with limits at %s and %s, are %s',
    (temperatureC, slowdownTemperatureC, shutdownTemperatureC, expected) => {
      expect(judged('temperature', { temperatureC, slowdownTemperatureC, shutdownTemperatureC })).toBe(expected)
    },
  )

  test('with strangers name one of them, in words that nobody can trick a terminal with', () => {
    const sentence = (...names: (string | null)[]) => {
      const reading = judgeLevels({ ...WELL, strangers: names.map((name, i) => ({ pid: i + 7, name })) }).strangers
      return reading !== 'unclear' && 'message' in reading && [reading.severity, reading.message]
    }
    expect(sentence('python3')).toEqual(['drain', 'python3 (process 7) uses it and belongs to no run.'])
    expect(sentence(null, 'b')).toEqual(['drain', 'A process (process 7) and one more use it and belong to no run.'])
    expect(sentence('\u001b[2Ja\nb', 'b', 'c')).toEqual([
      'drain',
      '[2Ja b (process 7) and 2 more use it and belong to no run.',
    ])
    // Half a character could not be stored, and would hold up all that is reported with it.
    expect(sentence(`${'x'.repeat(59)}😀`)).toEqual([
      'drain',
      `${'x'.repeat(59)}😀 (process 7) uses it and belongs to no run.`,
    ])
    expect(sentence('x'.repeat(200))).toEqual(['drain', `${'x'.repeat(60)} (process 7) uses it and belongs to no run.`])
  })
})
