/* What a device does now. */

static uint64_t total_of(struct target *target) {
  return target->instance ? (uint64_t)target->instance->memory_mib << 20 : (uint64_t)target->gpu->values[MEMORY_TOTAL];
}

/* An instance has its share of what is used. */
static uint64_t used_of(struct target *target) {
  uint64_t used = (uint64_t)value_of(target->gpu, target->index, MEMORY_USED);
  return target->instance ? used / 8 : used;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetMemoryInfo_v2(void *device, void *memory) {
  if (read_u32(memory, 0) != 0x02000028) return ARGUMENT_VERSION_MISMATCH;
  ON(nvmlDeviceGetMemoryInfo_v2);
  uint64_t reserved = target.instance ? 0 : (uint64_t)VALUE(MEMORY_RESERVED);
  u64(memory, 8, total_of(&target));
  u64(memory, 16, reserved);
  u64(memory, 24, total_of(&target) - reserved - used_of(&target));
  u64(memory, 32, used_of(&target));
  return SUCCESS;
}
#endif

int nvmlDeviceGetMemoryInfo(void *device, void *memory) {
  ON(nvmlDeviceGetMemoryInfo);
  uint64_t used = used_of(&target) + (target.instance ? 0 : (uint64_t)VALUE(MEMORY_RESERVED));
  u64(memory, 0, total_of(&target));
  u64(memory, 8, total_of(&target) - used);
  u64(memory, 16, used);
  return SUCCESS;
}

int nvmlDeviceGetUtilizationRates(void *device, void *rates) {
  ON_GPU(nvmlDeviceGetUtilizationRates);
  if (target.gpu->mig) return NOT_SUPPORTED;
  u32(rates, 0, (uint32_t)VALUE(UTILISATION));
  u32(rates, 4, (uint32_t)VALUE(MEMORY_UTILISATION));
  return SUCCESS;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetTemperatureV(void *device, void *temperature) {
  if (read_u32(temperature, 0) != 0x0100000c) return ARGUMENT_VERSION_MISMATCH;
  if (read_u32(temperature, 4) != 0) return INVALID_ARGUMENT;
  ON_GPU(nvmlDeviceGetTemperatureV);
  u32(temperature, 8, (uint32_t)VALUE(TEMPERATURE));
  return SUCCESS;
}
#endif

int nvmlDeviceGetTemperature(void *device, uint32_t sensor, uint32_t *celsius) {
  if (sensor) return INVALID_ARGUMENT;
  ON_GPU(nvmlDeviceGetTemperature);
  *celsius = (uint32_t)VALUE(TEMPERATURE);
  return SUCCESS;
}

int nvmlDeviceGetTemperatureThreshold(void *device, uint32_t threshold, uint32_t *celsius) {
  ON_GPU(nvmlDeviceGetTemperatureThreshold);
  if (threshold > 1) return NOT_SUPPORTED;
  *celsius = (uint32_t)VALUE(threshold == 0 ? SHUTDOWN : SLOWDOWN);
  return SUCCESS;
}

NUMBER(nvmlDeviceGetPowerUsage, POWER)
#ifndef FAKE_OLD_DRIVER
NUMBER(nvmlDeviceGetEnforcedPowerLimit, POWER_LIMIT)
#endif
NUMBER(nvmlDeviceGetPowerManagementLimit, POWER_LIMIT)
NUMBER(nvmlDeviceGetFanSpeed, FAN)
NUMBER(nvmlDeviceGetPerformanceState, PERFORMANCE_STATE)

int nvmlDeviceGetClockInfo(void *device, uint32_t clock, uint32_t *mhz) {
  ON_GPU(nvmlDeviceGetClockInfo);
  if (clock != 1 && clock != 2) return INVALID_ARGUMENT;
  *mhz = (uint32_t)VALUE(clock == 1 ? SM_CLOCK : MEMORY_CLOCK);
  return SUCCESS;
}

int nvmlDeviceGetTotalEnergyConsumption(void *device, uint64_t *millijoules) {
  ON_GPU(nvmlDeviceGetTotalEnergyConsumption);
  *millijoules = (uint64_t)energy_mj(target.gpu, target.index);
  return SUCCESS;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetCurrentClocksEventReasons(void *device, uint64_t *reasons) {
  ON_GPU(nvmlDeviceGetCurrentClocksEventReasons);
  *reasons = (uint64_t)VALUE(THROTTLE);
  return SUCCESS;
}
#endif

int nvmlDeviceGetCurrentClocksThrottleReasons(void *device, uint64_t *reasons) {
  ON_GPU(nvmlDeviceGetCurrentClocksThrottleReasons);
  *reasons = (uint64_t)VALUE(THROTTLE);
  return SUCCESS;
}
