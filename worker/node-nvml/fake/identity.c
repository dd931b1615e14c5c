/* Which device it is. */

int nvmlDeviceGetHandleByIndex_v2(uint32_t index, void **device) {
  int result = begin(CALL_nvmlDeviceGetHandleByIndex_v2);
  if (result) return result;
  if (index >= fake_state->gpus) return INVALID_ARGUMENT;
  struct gpu *gpu = &fake_state->gpu[index];
  if (gpu->lost || gpu->answers[CALL_nvmlDeviceGetHandleByIndex_v2])
    return gpu->lost ? gpu->lost : gpu->answers[CALL_nvmlDeviceGetHandleByIndex_v2];
  *device = handle_of((int)index, 0);
  return SUCCESS;
}

int nvmlDeviceGetHandleByUUID(const char *uuid, void **device) {
  int result = begin(CALL_nvmlDeviceGetHandleByUUID);
  if (result) return result;
  for (int gpu = 0; gpu < (int)fake_state->gpus; gpu++)
    for (int instance = 0; instance <= MAX_MIG; instance++) {
      char known[96];
      uuid_of(gpu, instance, known);
      if (strcmp(known, uuid) != 0 || (instance && !fake_state->gpu[gpu].instances[instance - 1].used)) continue;
      if (fake_state->gpu[gpu].lost) return fake_state->gpu[gpu].lost;
      *device = handle_of(gpu, instance);
      return SUCCESS;
    }
  return NOT_FOUND;
}

int nvmlDeviceGetUUID(void *device, char *buffer, uint32_t length) {
  ON(nvmlDeviceGetUUID);
  char uuid[96];
  uuid_of(target.index, instance_number(&target), uuid);
  return text(buffer, length, uuid);
}

int nvmlDeviceGetName(void *device, char *buffer, uint32_t length) {
  ON(nvmlDeviceGetName);
  char name[128];
  strcpy(name, target.gpu->name);
  if (target.instance) sprintf(name + strlen(name), " MIG %ug", target.instance->slices);
  return text(buffer, length, name);
}

int nvmlDeviceGetIndex(void *device, uint32_t *index) {
  ON(nvmlDeviceGetIndex);
  *index = (uint32_t)(target.instance ? instance_number(&target) - 1 : target.index);
  return SUCCESS;
}

int nvmlDeviceGetCudaComputeCapability(void *device, int32_t *major, int32_t *minor) {
  ON(nvmlDeviceGetCudaComputeCapability);
  *major = (int32_t)(VALUE(CAPABILITY) / 10);
  *minor = (int32_t)(VALUE(CAPABILITY) % 10);
  return SUCCESS;
}

static void write_pci(void *pci, int gpu) {
  sprintf((char *)pci, "%04x:%02x:02.0", 1, 0x65 + gpu);
  u32(pci, 16, 1);
  u32(pci, 20, (uint32_t)(0x65 + gpu));
  u32(pci, 24, 2);
  u32(pci, 28, 0x20b210de);
  u32(pci, 32, 0x147f10de);
  sprintf((char *)pci + 36, "%08X:%02X:02.0", 1, 0x65 + gpu);
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetPciInfo_v3(void *device, void *pci) {
  ON(nvmlDeviceGetPciInfo_v3);
  write_pci(pci, target.index);
  return SUCCESS;
}
#endif
