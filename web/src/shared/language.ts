// The language that the page speaks: how it counts and writes numbers.
import { onceUsed } from './once-used.ts'

export const LANGUAGE = 'en'

const rules = onceUsed(() => new Intl.PluralRules(LANGUAGE))

/** The form for so many: `one` and `other` in English, and what further ones a language has. */
export function plural(
  count: number,
  forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>,
): string {
  return forms[rules().select(count)] ?? forms.other
}

const whole = onceUsed(() => new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 }))

/** A whole number as the language writes it: `12,345`. */
export function sayWhole(value: number): string {
  return whole().format(value)
}
