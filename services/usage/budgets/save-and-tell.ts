// A change of a budget, and whoever starts jobs learns of it at once.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Context } from '../context.ts'
import type { Budget, SaveBudgetInput } from '../generated/resolvers.ts'
import { deleteBudget, saveBudget } from './save.ts'

/** The budget as it is from now on. @throws ConstellationError as `saveBudget` does */
export async function saveAndTell({ pool, who, budgets, loaders }: Context, input: SaveBudgetInput): Promise<Budget> {
  const id = await saveBudget(pool, who, input)
  await budgets.tell()
  const saved = await loaders.budget.clear(id).load(id)
  if (!saved) throw new ConstellationError('CONFLICT', 'The budget was deleted at the same time.')
  return saved
}

/** @throws ConstellationError as `deleteBudget` does */
export async function deleteAndTell({ pool, who, budgets }: Context, id: string): Promise<boolean> {
  const deleted = await deleteBudget(pool, who, id)
  if (deleted) await budgets.tell()
  return deleted
}
