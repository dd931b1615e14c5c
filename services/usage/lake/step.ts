// The steps after which work on the lake may end, as by a loss of power: whatever is on the disk then, the lake is whole.

export type LakeStep =
  | 'the entries are read'
  | 'a file is written aside'
  | 'a file is in its place'
  | 'the state is announced'
  | 'the manifest is drafted'
  | 'the manifest is there'
  | 'a manifest is removed'
  | 'a file is removed'

/** Is told of each step as it is done. Tests break the work off there. */
export type Reached = (step: LakeStep) => void

export const goOn: Reached = () => undefined
