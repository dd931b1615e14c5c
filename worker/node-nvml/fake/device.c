/* What every call goes through, and what handles mean. */

/* Which GPU, in which of its lives, and which of its instances (0: the GPU itself) is meant by where it points. */
static char handles[MAX_GPUS][LIVES][MAX_MIG + 1];
static int started;
/* The life of the driver in which this process started the library. */
static uint32_t started_in;

static void u32(void *at, int offset, uint32_t value) { memcpy((char *)at + offset, &value, 4); }
static void u64(void *at, int offset, uint64_t value) { memcpy((char *)at + offset, &value, 8); }
static uint32_t read_u32(const void *at, int offset) {
  uint32_t value;
  memcpy(&value, (const char *)at + offset, 4);
  return value;
}

static int text(char *buffer, uint32_t length, const char *value) {
  if (length < strlen(value) + 1) return INSUFFICIENT_SIZE;
  strcpy(buffer, value);
  return SUCCESS;
}

/* In slices, so that a shorter delay wakes those that sleep already. */
static void delay(void) {
  int64_t slept = 0;
  __atomic_add_fetch(&fake_state->sleeping, 1, __ATOMIC_RELAXED);
  for (int64_t left; (left = fake_state->delay_us - slept) > 0;) {
    int64_t slice = left < 5000 ? left : 5000;
    nanosleep(&(struct timespec){.tv_nsec = slice * 1000}, NULL);
    slept += slice;
  }
  __atomic_sub_fetch(&fake_state->sleeping, 1, __ATOMIC_RELAXED);
}

/* What every call goes through. */
static int begin(int call) {
  if (!fake_state && !map_state()) return UNKNOWN;
  __atomic_add_fetch(&fake_state->calls, 1, __ATOMIC_RELAXED);
  if (fake_state->delay_us) delay();
  if (fake_state->unplugged) return fake_state->unplugged;
  if (!started || started_in != fake_state->driver) return UNINITIALIZED;
  return fake_state->answers[call];
}

struct target {
  struct gpu *gpu;
  int index;
  /* NULL for a whole GPU. */
  struct instance *instance;
};

/* The device of a handle; the answer is NVML's. */
static int look_up(const void *device, struct target *target) {
  ptrdiff_t at = (const char *)device - &handles[0][0][0];
  if (at < 0 || at >= (ptrdiff_t)sizeof handles) return INVALID_ARGUMENT;
  int index = (int)(at / (LIVES * (MAX_MIG + 1)));
  uint32_t life = (uint32_t)(at / (MAX_MIG + 1) % LIVES);
  int instance = (int)(at % (MAX_MIG + 1));
  struct gpu *gpu = &fake_state->gpu[index];
  if (index >= (int)fake_state->gpus) return INVALID_ARGUMENT;
  if (gpu->lost) return gpu->lost;
  if (life != gpu->life % LIVES) return GPU_IS_LOST;
  if (instance && !gpu->instances[instance - 1].used) return INVALID_ARGUMENT;
  *target = (struct target){.gpu = gpu, .index = index, .instance = instance ? &gpu->instances[instance - 1] : NULL};
  return SUCCESS;
}

static int on(void *device, int call, struct target *target) {
  int result = begin(call);
  if (result == SUCCESS) result = look_up(device, target);
  return result ? result : target->gpu->answers[call];
}

/* Calls that an instance does not offer. */
static int on_gpu(void *device, int call, struct target *target) {
  int result = on(device, call, target);
  return result == SUCCESS && target->instance ? NOT_SUPPORTED : result;
}

static void *handle_of(int gpu, int instance) { return &handles[gpu][fake_state->gpu[gpu].life % LIVES][instance]; }

static void uuid_of(int gpu, int instance, char *buffer) {
  if (instance) sprintf(buffer, "MIG-%08x-2222-3333-4444-55555555555%d", gpu * 0x11111111u, instance);
  else sprintf(buffer, "GPU-%08x-2222-3333-4444-555555555555", gpu * 0x11111111u);
}

static int instance_number(const struct target *target) {
  return target->instance ? (int)(target->instance - target->gpu->instances) + 1 : 0;
}

#define ON(call) \
  struct target target; \
  int result = on(device, CALL_##call, &target); \
  if (result) return result
#define ON_GPU(call) \
  struct target target; \
  int result = on_gpu(device, CALL_##call, &target); \
  if (result) return result
#define VALUE(what) value_of(target.gpu, target.index, what)
#define NUMBER(call, what) \
  int call(void *device, uint32_t *number) { \
    ON_GPU(call); \
    *number = (uint32_t)VALUE(what); \
    return SUCCESS; \
  }
