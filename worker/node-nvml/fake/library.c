/* Start and end, and what is told of the machine. */

int nvmlInit_v2(void) {
  if (!map_state()) return UNKNOWN;
  if (fake_state->delay_us) delay();
  int result = fake_state->unplugged ? fake_state->unplugged : fake_state->answers[CALL_nvmlInit_v2];
  if (result) return result;
  if (started_in != fake_state->driver) started = 0;
  started_in = fake_state->driver;
  __atomic_add_fetch(&started, 1, __ATOMIC_RELAXED);
  return SUCCESS;
}

int nvmlShutdown(void) {
  if (!started) return UNINITIALIZED;
  __atomic_sub_fetch(&started, 1, __ATOMIC_RELAXED);
  return SUCCESS;
}

/* How often this process started it and did not shut it down. */
int fake_started(void) { return started; }

int nvmlSystemGetDriverVersion(char *buffer, uint32_t length) {
  int result = begin(CALL_nvmlSystemGetDriverVersion);
  return result ? result : text(buffer, length, "580.65.06");
}

int nvmlSystemGetNVMLVersion(char *buffer, uint32_t length) {
  int result = begin(CALL_nvmlSystemGetNVMLVersion);
  return result ? result : text(buffer, length, "13.580.65.06");
}

int nvmlSystemGetCudaDriverVersion_v2(int32_t *version) {
  int result = begin(CALL_nvmlSystemGetCudaDriverVersion_v2);
  if (result == SUCCESS) *version = 13000;
  return result;
}

/* Any pid that some GPU has. */
int nvmlSystemGetProcessName(uint32_t pid, char *name, uint32_t length) {
  int result = begin(CALL_nvmlSystemGetProcessName);
  if (result) return result;
  for (uint32_t gpu = 0; gpu < fake_state->gpus; gpu++)
    for (uint32_t i = 0; i < fake_state->gpu[gpu].process_count; i++)
      if (fake_state->gpu[gpu].processes[i].pid == pid) {
        char value[32];
        sprintf(value, "/usr/bin/program-%u", pid);
        return text(name, length, value);
      }
  return NOT_FOUND;
}

int nvmlDeviceGetCount_v2(uint32_t *count) {
  int result = begin(CALL_nvmlDeviceGetCount_v2);
  if (result == SUCCESS) *count = fake_state->gpus;
  return result;
}
