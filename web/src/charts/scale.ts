/** The least number of the form 1, 2, 3, 4, 5, 6 or 8 times a power of ten that is at least `value`; 1 for none. */
export function niceTop(value: number): number {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= value) ?? 10
  return step * power
}
