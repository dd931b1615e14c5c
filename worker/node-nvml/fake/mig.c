/* GPUs that are split. */

int nvmlDeviceGetMigMode(void *device, uint32_t *current, uint32_t *pending) {
  ON_GPU(nvmlDeviceGetMigMode);
  *current = target.gpu->mig;
  *pending = (uint32_t)VALUE(MIG_PENDING);
  return SUCCESS;
}

int nvmlDeviceGetMaxMigDeviceCount(void *device, uint32_t *count) {
  ON(nvmlDeviceGetMaxMigDeviceCount);
  *count = MAX_MIG;
  return SUCCESS;
}

int nvmlDeviceGetMigDeviceHandleByIndex(void *device, uint32_t index, void **instance) {
  ON_GPU(nvmlDeviceGetMigDeviceHandleByIndex);
  if (index >= MAX_MIG || !target.gpu->instances[index].used) return NOT_FOUND;
  *instance = handle_of(target.index, (int)index + 1);
  return SUCCESS;
}

int nvmlDeviceIsMigDeviceHandle(void *device, uint32_t *is_mig) {
  ON(nvmlDeviceIsMigDeviceHandle);
  *is_mig = target.instance != NULL;
  return SUCCESS;
}

int nvmlDeviceGetAttributes_v2(void *device, void *attributes) {
  ON(nvmlDeviceGetAttributes_v2);
  static const uint32_t whole[] = {108, 7, 5, 0, 1, 1, 8, 8}, part[] = {14, 1, 0, 0, 0, 0, 1, 1};
  for (int i = 0; i < 8; i++) u32(attributes, i * 4, target.instance ? part[i] : whole[i]);
  u64(attributes, 32, total_of(&target) >> 20);
  return SUCCESS;
}

int nvmlDeviceGetGpuInstanceId(void *device, uint32_t *id) {
  ON(nvmlDeviceGetGpuInstanceId);
  if (!target.instance) return NOT_SUPPORTED;
  *id = target.instance->gi;
  return SUCCESS;
}

int nvmlDeviceGetComputeInstanceId(void *device, uint32_t *id) {
  ON(nvmlDeviceGetComputeInstanceId);
  if (!target.instance) return NOT_SUPPORTED;
  *id = target.instance->ci;
  return SUCCESS;
}

int nvmlDeviceGetDeviceHandleFromMigDeviceHandle(void *device, void **parent) {
  ON(nvmlDeviceGetDeviceHandleFromMigDeviceHandle);
  if (!target.instance) return INVALID_ARGUMENT;
  *parent = handle_of(target.index, 0);
  return SUCCESS;
}
