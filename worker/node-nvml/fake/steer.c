/* How the state is steered. */

static int find(const char *const *names, int count, const char *name) {
  for (int i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0) return i;
  return -1;
}

static struct gpu *gpu_at(int gpu) {
  return map_state() && gpu >= 0 && gpu < (int)fake_state->gpus ? &fake_state->gpu[gpu] : NULL;
}

/* Each of the functions below answers 0, or -1 for a GPU, a name or a number that there is not. */

int fake_configure(int gpus, const char *name, int64_t memory_bytes) {
  if (!map_state() || gpus < 0 || gpus > MAX_GPUS || strlen(name) >= 96 || memory_bytes < 1) return -1;
  lock();
  fake_state->gpus = (uint32_t)gpus;
  for (int i = 0; i < MAX_GPUS; i++) {
    strcpy(fake_state->gpu[i].name, name);
    fake_state->gpu[i].values[MEMORY_TOTAL] = memory_bytes;
  }
  unlock();
  return 0;
}

/* All is as it was at first, but for the life of the driver and the GPUs: handles from before are of no use. */
int fake_reset(void) {
  if (!map_state()) return -1;
  lock();
  memset(fake_state->answers, 0, sizeof fake_state->answers);
  fake_state->unplugged = 0;
  fake_state->delay_us = 0;
  for (int i = 0; i < MAX_GPUS; i++) {
    int lost = fake_state->gpu[i].lost;
    first_gpu(&fake_state->gpu[i]);
    for (int link = 0; link < 12; link++) fake_state->gpu[i].links[link] = (uint8_t)((i ^ 1) + 1);
    if (lost) fake_state->gpu[i].life++;
  }
  unlock();
  return 0;
}

/* ALIVE lets the value change by itself again. */
int fake_set(int gpu, const char *what, int64_t value) {
  struct gpu *at = gpu_at(gpu);
  int index = find(value_names, VALUE_COUNT, what);
  if (!at || index < 0) return -1;
  /* Up to now it was the power from before. */
  energy_mj(at, gpu);
  at->values[index] = value;
  if (index == ENERGY) at->energy_nj = value * 1000000;
  return 0;
}

/* From now on this call answers this code, on this GPU, or on all and without a GPU where that is -1. */
int fake_answer(int gpu, const char *call, int code) {
  int index = find(call_names, CALL_COUNT, call);
  struct gpu *at = gpu_at(gpu);
  if (!map_state() || index < 0 || (gpu != -1 && !at)) return -1;
  (at ? at->answers : fake_state->answers)[index] = code;
  return 0;
}

int fake_lose(int gpu, int code) {
  struct gpu *at = gpu_at(gpu);
  if (!at) return -1;
  at->lost = code;
  return 0;
}

/* The GPU comes back as another life of itself, without processes and faults. */
int fake_heal(int gpu) {
  struct gpu *at = gpu_at(gpu);
  if (!at) return -1;
  lock();
  if (at->lost) at->life++;
  at->lost = 0;
  at->process_count = 0;
  static const int faults[] = {ECC_SINGLE, ECC_DOUBLE, REMAP_PENDING, REMAP_FAILURE, RETIRED_PENDING, RECOVERY_ACTION};
  for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++) at->values[faults[i]] = 0;
  unlock();
  return 0;
}

int fake_unplug(int code) {
  if (!map_state()) return -1;
  fake_state->unplugged = code;
  return 0;
}

int fake_plug(void) {
  if (!map_state()) return -1;
  lock();
  if (fake_state->unplugged) fake_state->driver++;
  fake_state->unplugged = 0;
  unlock();
  return 0;
}

int fake_delay(int64_t microseconds) {
  if (!map_state() || microseconds < 0) return -1;
  fake_state->delay_us = microseconds;
  return 0;
}

/* How many calls sleep now, because of the delay. */
int fake_sleeping(void) { return map_state() ? (int)fake_state->sleeping : -1; }
int64_t fake_calls(void) { return map_state() ? (int64_t)fake_state->calls : -1; }

int fake_event(int gpu, int64_t type, int64_t data, uint32_t gi, uint32_t ci) {
  if (!gpu_at(gpu)) return -1;
  lock();
  fake_state->ring[fake_state->events % MAX_EVENTS] =
      (struct event){.gpu = (uint32_t)gpu, .gi = gi, .ci = ci, .type = (uint64_t)type, .data = (uint64_t)data};
  __atomic_add_fetch(&fake_state->events, 1, __ATOMIC_RELEASE);
#ifdef __linux__
  syscall(SYS_futex, &fake_state->events, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
#endif
  unlock();
  return 0;
}

/* kind 0 compute, 1 graphics, 2 MPS; memory_bytes -1: unknown. A pid that is there already is replaced. */
int fake_process(int gpu, int kind, int pid, int64_t memory_bytes, uint32_t gi, uint32_t ci) {
  struct gpu *at = gpu_at(gpu);
  if (!at || kind < 0 || kind > 2 || pid < 1) return -1;
  lock();
  uint32_t index = 0;
  while (index < at->process_count && (at->processes[index].pid != (uint32_t)pid || at->processes[index].kind != (uint32_t)kind)) index++;
  int full = index == MAX_PROCESSES;
  if (!full) {
    at->processes[index] = (struct process){.kind = (uint32_t)kind, .pid = (uint32_t)pid, .gi = gi, .ci = ci, .memory = (uint64_t)memory_bytes};
    if (index == at->process_count) at->process_count++;
  }
  unlock();
  return full ? -1 : 0;
}

int fake_end_process(int gpu, int pid) {
  struct gpu *at = gpu_at(gpu);
  if (!at) return -1;
  lock();
  uint32_t kept = 0;
  for (uint32_t i = 0; i < at->process_count; i++)
    if (at->processes[i].pid != (uint32_t)pid) at->processes[kept++] = at->processes[i];
  int found = kept != at->process_count;
  at->process_count = kept;
  unlock();
  return found ? 0 : -1;
}

/* The GPU is split into so many instances of so much memory; none: it is whole again. */
int fake_mig(int gpu, int instances, int64_t memory_mib) {
  struct gpu *at = gpu_at(gpu);
  if (!at || instances < 0 || instances > MAX_MIG) return -1;
  lock();
  memset(at->instances, 0, sizeof at->instances);
  for (int i = 0; i < instances; i++)
    at->instances[i] = (struct instance){.used = 1, .gi = (uint32_t)i + 7, .ci = 0, .slices = 1, .memory_mib = memory_mib};
  at->mig = instances > 0;
  at->values[MIG_PENDING] = at->mig;
  unlock();
  return 0;
}

/* peer -1: no link; SWITCH: it ends at a switch. */
int fake_link(int gpu, int link, int peer) {
  struct gpu *at = gpu_at(gpu);
  if (!at || link < 0 || link >= MAX_LINKS || (peer != SWITCH && (peer < -1 || peer >= MAX_GPUS))) return -1;
  at->links[link] = (uint8_t)(peer == SWITCH ? SWITCH : peer + 1);
  return 0;
}
