// What of usage there is to see for whom. It only decides what is shown: the server sends nobody more.
import { identity } from '../shared/session.ts'
import { DIMENSIONS, type Dimension } from './asked.ts'

/** Who sees only their own cannot tell users apart, nor is there an account to choose. */
export function offeredDimensions(): readonly Dimension[] {
  return seesOthers() ? DIMENSIONS : DIMENSIONS.filter((each) => each === 'MODEL' || each === 'OUTCOME')
}

export function seesOthers(): boolean {
  return identity()?.role !== 'user'
}

/** Whether the whole fleet's time is shown. */
export function seesFleet(): boolean {
  return ['analyst', 'operator', 'admin'].includes(identity()?.role ?? '')
}

/** Budgets are for managers of an account and those who look after all. */
export function seesBudgets(): boolean {
  return seesOthers()
}

export function maySetBudgets(): boolean {
  return ['account-manager', 'admin'].includes(identity()?.role ?? '')
}

export function maySetPrices(): boolean {
  return identity()?.role === 'admin'
}
