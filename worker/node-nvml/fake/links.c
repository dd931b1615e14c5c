/* How GPUs are joined. */

/* The same board, pairs on one switch, fours on one CPU, the rest beyond. */
int nvmlDeviceGetTopologyCommonAncestor(void *device, void *other, uint32_t *level) {
  ON_GPU(nvmlDeviceGetTopologyCommonAncestor);
  struct target second;
  result = look_up(other, &second);
  if (result) return result;
  int a = target.index, b = second.index;
  *level = a == b ? 0 : a / 2 == b / 2 ? 10 : a / 4 == b / 4 ? 30 : a / 8 == b / 8 ? 50 : 40;
  return SUCCESS;
}

static int on_link(void *device, int call, uint32_t link, struct target *target) {
  int result = on_gpu(device, call, target);
  return result ? result : link >= MAX_LINKS ? INVALID_ARGUMENT : target->gpu->links[link] ? SUCCESS : NOT_SUPPORTED;
}

/* A link to a GPU that there is not is not active. */
int nvmlDeviceGetNvLinkState(void *device, uint32_t link, uint32_t *active) {
  struct target target;
  int result = on_link(device, CALL_nvmlDeviceGetNvLinkState, link, &target);
  if (result) return result;
  uint8_t end = target.gpu->links[link];
  *active = end == SWITCH || (end <= fake_state->gpus && !fake_state->gpu[end - 1].lost);
  return SUCCESS;
}

int nvmlDeviceGetNvLinkRemotePciInfo_v2(void *device, uint32_t link, void *pci) {
  struct target target;
  int result = on_link(device, CALL_nvmlDeviceGetNvLinkRemotePciInfo_v2, link, &target);
  if (result) return result;
  write_pci(pci, target.gpu->links[link] - 1);
  return SUCCESS;
}

#ifndef FAKE_OLD_DRIVER
int nvmlDeviceGetNvLinkRemoteDeviceType(void *device, uint32_t link, uint32_t *type) {
  struct target target;
  int result = on_link(device, CALL_nvmlDeviceGetNvLinkRemoteDeviceType, link, &target);
  if (result == SUCCESS) *type = target.gpu->links[link] == SWITCH ? 2 : 0;
  return result;
}
#endif
