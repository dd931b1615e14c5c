/* Events, which other processes may push. */

struct set {
  uint64_t types[MAX_GPUS];
  uint32_t lives[MAX_GPUS];
  /* The first event that was not looked at. */
  uint32_t next;
};

int nvmlEventSetCreate(void **set) {
  int result = begin(CALL_nvmlEventSetCreate);
  if (result) return result;
  struct set *created = calloc(1, sizeof *created);
  if (!created) return UNKNOWN;
  created->next = fake_state->events;
  *set = created;
  return SUCCESS;
}

int nvmlDeviceGetSupportedEventTypes(void *device, uint64_t *types) {
  ON_GPU(nvmlDeviceGetSupportedEventTypes);
#ifdef FAKE_OLD_DRIVER
  *types = 0x1f;
#else
  *types = 0xff9f;
#endif
  return SUCCESS;
}

int nvmlDeviceRegisterEvents(void *device, uint64_t types, void *set) {
  ON_GPU(nvmlDeviceRegisterEvents);
  uint64_t supported;
  if (nvmlDeviceGetSupportedEventTypes(device, &supported) || (types & ~supported)) return NOT_SUPPORTED;
  ((struct set *)set)->types[target.index] = types;
  ((struct set *)set)->lives[target.index] = target.gpu->life;
  return SUCCESS;
}

/* SUCCESS with an event, TIMEOUT for none yet. */
static int next_event(struct set *set, void *data) {
  uint32_t events = __atomic_load_n(&fake_state->events, __ATOMIC_ACQUIRE);
  if (events - set->next > MAX_EVENTS) set->next = events - MAX_EVENTS;
  while (set->next != events) {
    struct event *event = &fake_state->ring[set->next++ % MAX_EVENTS];
    if (!(set->types[event->gpu] & event->type)) continue;
    u64(data, 0, (uint64_t)(uintptr_t)handle_of((int)event->gpu, 0));
    u64(data, 8, event->type);
    u64(data, 16, event->data);
    u32(data, 24, event->gi);
    u32(data, 28, event->ci);
    return SUCCESS;
  }
  /* Only when the events of a lost GPU were told. */
  for (uint32_t gpu = 0; gpu < fake_state->gpus; gpu++)
    if (set->types[gpu] && (fake_state->gpu[gpu].lost || set->lives[gpu] != fake_state->gpu[gpu].life)) return GPU_IS_LOST;
  return TIMEOUT;
}

static int64_t monotonic_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000ll + now.tv_nsec / 1000000;
}

/* Sleeps until there is an event, but 100 ms at most: whether a GPU is lost wakes nobody. */
static void sleep_until_event(uint32_t seen, int64_t milliseconds) {
  struct timespec limit = {.tv_nsec = (milliseconds < 100 ? milliseconds : 100) * 1000000};
#ifdef __linux__
  syscall(SYS_futex, &fake_state->events, FUTEX_WAIT, seen, &limit, NULL, 0);
#else
  if (limit.tv_nsec > 5000000) limit.tv_nsec = 5000000;
  nanosleep(&limit, NULL);
#endif
}

int nvmlEventSetWait_v2(void *set, void *data, uint32_t milliseconds) {
  int64_t until = monotonic_ms() + milliseconds;
  for (;;) {
    if (!fake_state) return UNINITIALIZED;
    if (fake_state->unplugged) return fake_state->unplugged;
    if (!started || started_in != fake_state->driver) return UNINITIALIZED;
    if (fake_state->answers[CALL_nvmlEventSetWait_v2]) return fake_state->answers[CALL_nvmlEventSetWait_v2];
    uint32_t seen = __atomic_load_n(&fake_state->events, __ATOMIC_ACQUIRE);
    int result = next_event(set, data);
    int64_t left = until - monotonic_ms();
    if (result != TIMEOUT || left <= 0) return result;
    sleep_until_event(seen, left);
  }
}

int nvmlEventSetFree(void *set) {
  free(set);
  return SUCCESS;
}
