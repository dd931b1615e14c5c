// Why a GPU does not clock higher: a mask of bits, which NVML calls clocks event reasons, formerly throttle reasons.

const REASONS = [
  ['gpuIdle', 0x1],
  ['applicationsClocksSetting', 0x2],
  ['swPowerCap', 0x4],
  ['hwSlowdown', 0x8],
  ['syncBoost', 0x10],
  ['swThermalSlowdown', 0x20],
  ['hwThermalSlowdown', 0x40],
  ['hwPowerBrakeSlowdown', 0x80],
  ['displayClockSetting', 0x100],
] as const

export type ThrottleReason = (typeof REASONS)[number][0]

/** The names of the bits of a mask; bits that have none are left out. */
export function throttleReasonsOf(mask: number): ThrottleReason[] {
  return REASONS.flatMap(([reason, bit]) => ((mask & bit) === 0 ? [] : [reason]))
}
