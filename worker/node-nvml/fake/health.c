/* Whether a device is sick, and fields. */

static int ecc(uint32_t error, uint32_t counter) {
  return error == 0 ? ECC_SINGLE : counter == 0 ? ECC_DOUBLE : ECC_DOUBLE_EVER;
}

int nvmlDeviceGetTotalEccErrors(void *device, uint32_t error, uint32_t counter, uint64_t *count) {
  if (error > 1 || counter > 1) return INVALID_ARGUMENT;
  ON_GPU(nvmlDeviceGetTotalEccErrors);
  *count = (uint64_t)VALUE(ecc(error, counter));
  return SUCCESS;
}

/* All of them are in the memory of the device. */
int nvmlDeviceGetMemoryErrorCounter(void *device, uint32_t error, uint32_t counter, uint32_t location, uint64_t *count) {
  if (error > 1 || counter > 1 || location > 7) return INVALID_ARGUMENT;
  ON_GPU(nvmlDeviceGetMemoryErrorCounter);
  *count = location == 2 ? (uint64_t)VALUE(ecc(error, counter)) : 0;
  return SUCCESS;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetRemappedRows(void *device, uint32_t *correctable, uint32_t *uncorrectable, uint32_t *pending, uint32_t *failed) {
  ON_GPU(nvmlDeviceGetRemappedRows);
  *correctable = (uint32_t)VALUE(REMAP_CORRECTABLE);
  *uncorrectable = (uint32_t)VALUE(REMAP_UNCORRECTABLE);
  *pending = (uint32_t)VALUE(REMAP_PENDING);
  *failed = (uint32_t)VALUE(REMAP_FAILURE);
  return SUCCESS;
}
#endif

NUMBER(nvmlDeviceGetRetiredPagesPendingStatus, RETIRED_PENDING)

static int links_of(const struct gpu *gpu) {
  int links = 0;
  for (int i = 0; i < MAX_LINKS; i++) if (gpu->links[i]) links = i + 1;
  return links;
}

/* One field, with the type that NVML gives it; fields 1000 to 1006 are here one of each type of value. */
static int field(struct target *target, void *at) {
  double real = -12.5;
  switch (read_u32(at, 0)) {
    case 4: u32(at, 24, 3); u64(at, 32, (uint64_t)value_of(target->gpu, target->index, ECC_DOUBLE)); return SUCCESS;
    case 82: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, MEMORY_TEMPERATURE)); return SUCCESS;
    case 83: u32(at, 24, 3); u64(at, 32, (uint64_t)energy_mj(target->gpu, target->index)); return SUCCESS;
    case 91: u32(at, 24, 1); u32(at, 32, (uint32_t)links_of(target->gpu)); return SUCCESS;
    case 144: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, REMAP_PENDING)); return SUCCESS;
    case 145: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, REMAP_FAILURE)); return SUCCESS;
    case 186: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, POWER)); return SUCCESS;
    case 230: u32(at, 24, 1); u32(at, 32, (uint32_t)value_of(target->gpu, target->index, RECOVERY_ACTION)); return SUCCESS;
    case 1000: u32(at, 24, 0); memcpy((char *)at + 32, &real, 8); return SUCCESS;
    case 1001: u32(at, 24, 1); u32(at, 32, 4000000001u); return SUCCESS;
    case 1002: u32(at, 24, 2); u64(at, 32, 5000000002ull); return SUCCESS;
    case 1003: u32(at, 24, 3); u64(at, 32, 6000000003ull + read_u32(at, 4)); return SUCCESS;
    case 1004: u32(at, 24, 4); u64(at, 32, (uint64_t)-7000000004ll); return SUCCESS;
    case 1005: u32(at, 24, 5); u32(at, 32, (uint32_t)-5); return SUCCESS;
    case 1006: u32(at, 24, 6); u32(at, 32, 0xffff0006u); return SUCCESS;
    default: return NOT_SUPPORTED;
  }
}

int nvmlDeviceGetFieldValues(void *device, int32_t count, void *values) {
  ON_GPU(nvmlDeviceGetFieldValues);
  for (int i = 0; i < count; i++) {
    char *at = (char *)values + i * 40;
    u64(at, 8, (uint64_t)(now_ns() / 1000));
    u64(at, 16, 3);
    u32(at, 28, (uint32_t)field(&target, at));
  }
  return SUCCESS;
}
