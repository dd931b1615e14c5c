/* The processes on a device. */

#ifdef FAKE_WIDE_PROCESSES
#define ENTRY 32
int nvmlDeviceGetConfComputeMemSizeInfo(void *device, void *info) { return NOT_SUPPORTED; }
#else
#define ENTRY 24
#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetConfComputeMemSizeInfo(void *device, void *info) { return NOT_SUPPORTED; }
int nvmlDeviceGetRunningProcessDetailList(void *device, void *list) { return NOT_SUPPORTED; }
#endif
#endif

static int processes(void *device, int call, uint32_t kind, uint32_t *count, void *infos) {
  struct target target;
  int result = on(device, call, &target);
  if (result) return result;
  uint32_t found = 0;
  for (uint32_t i = 0; i < target.gpu->process_count; i++) {
    struct process *process = &target.gpu->processes[i];
    if (process->kind != kind || (target.instance && process->gi != target.instance->gi)) continue;
    if (found < *count) {
      char *at = (char *)infos + found * ENTRY;
      u32(at, 0, process->pid);
      u64(at, 8, process->memory);
      u32(at, 16, process->gi);
      u32(at, 20, process->ci);
      if (ENTRY == 32) u64(at, 24, 0);
    }
    found++;
  }
  int fits = found <= *count;
  *count = found;
  return fits ? SUCCESS : INSUFFICIENT_SIZE;
}

int nvmlDeviceGetComputeRunningProcesses_v3(void *device, uint32_t *count, void *infos) {
  return processes(device, CALL_nvmlDeviceGetComputeRunningProcesses_v3, 0, count, infos);
}
int nvmlDeviceGetGraphicsRunningProcesses_v3(void *device, uint32_t *count, void *infos) {
  return processes(device, CALL_nvmlDeviceGetGraphicsRunningProcesses_v3, 1, count, infos);
}
int nvmlDeviceGetMPSComputeRunningProcesses_v3(void *device, uint32_t *count, void *infos) {
  return processes(device, CALL_nvmlDeviceGetMPSComputeRunningProcesses_v3, 2, count, infos);
}
