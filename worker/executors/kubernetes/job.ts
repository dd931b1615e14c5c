// What a cluster is asked for: the run's specification in Kubernetes' words.
import type { V1Affinity, V1Container, V1EnvVar, V1Job, V1PodSpec, V1Secret } from '@kubernetes/client-node'
import type { Container, KubernetesSettings, RunSpec } from '../../shim/files.ts'
import { annotationsOf, COMMAND, KEPT, labelsOf, nameOf } from './labels.ts'

/** How long what has ended may lie around, should nobody remove it, in seconds. */
const REMOVED_AFTER = 3_600
/** Where the run's own limit is not enough, the cluster's is this much longer, in seconds. */
const BACKSTOP = 120
/** Where a pod's keeper answers: high, so that commands seldom want it for themselves. */
const KEEPER_PORT = 61_827
const KEPT_VOLUME = { name: 'kept', mountPath: '/constellation' }

/** A Job that waits where there are secrets, until they are there. */
export function jobOf(spec: RunSpec, container: Container, settings: KubernetesSettings): V1Job {
  const labels = labelsOf(spec, settings)
  const annotations = annotationsOf(spec)
  const { startMs } = settings
  const limit = spec.timeoutSeconds
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: nameOf(spec), namespace: settings.namespace, labels, annotations },
    spec: {
      suspend: spec.secrets.length > 0,
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      ttlSecondsAfterFinished: REMOVED_AFTER,
      template: {
        metadata: { labels, annotations: { ...annotations, [KEPT]: '0' } },
        spec: {
          ...podOf(spec, container, settings),
          // By the kubelet, which needs nobody for it; waiting for a place counts, too.
          ...(limit !== null && {
            activeDeadlineSeconds: Math.ceil(limit + (startMs + spec.graceMs) / 1_000) + BACKSTOP,
          }),
        },
      },
    },
  }
}

/** The secrets' values by what stands for their names, which may be longer, or other, than a key may be. */
export function secretOf(spec: RunSpec, settings: KubernetesSettings, jobUid: string): V1Secret {
  const name = nameOf(spec)
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: settings.namespace,
      labels: labelsOf(spec, settings),
      // It goes with the Job, whoever removes that.
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid: jobUid, controller: true }],
    },
    immutable: true,
    stringData: Object.fromEntries(spec.secrets.map((name, index) => [keyOf(index), spec.environment[name] ?? ''])),
  }
}

const keyOf = (index: number) => `secret-${index}`

function podOf(spec: RunSpec, container: Container, settings: KubernetesSettings): V1PodSpec {
  const { keeper, node, serviceAccount, pullSecrets } = settings
  return {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: Math.ceil(spec.graceMs / 1_000),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // The command is not the first process then: it dies of signals as elsewhere, and orphans are taken care of.
    shareProcessNamespace: true,
    ...(serviceAccount !== null && { serviceAccountName: serviceAccount }),
    imagePullSecrets: pullSecrets.map((name) => ({ name })),
    nodeSelector: settings.nodeSelector,
    tolerations: settings.tolerations,
    // By a rule for the scheduler, not by `nodeName`: that would go past its books, and be refused by a full node.
    ...(node !== null && { affinity: onNode(node) }),
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    ...(keeper && { initContainers: [keeperOf(keeper)] }),
    containers: [commandOf(spec, container, settings)],
    ...(keeper && {
      volumes: [
        {
          name: KEPT_VOLUME.name,
          downwardAPI: { items: [{ path: 'kept', fieldRef: { fieldPath: `metadata.annotations['${KEPT}']` } }] },
        },
      ],
    }),
  }
}

function onNode(name: string): V1Affinity {
  const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] }
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } }
}

function commandOf(spec: RunSpec, { image }: Container, settings: KubernetesSettings): V1Container {
  const { command, shell, workingDirectory, graceMs } = spec
  return {
    name: COMMAND,
    image,
    // In place of the image's own entry point: the command is a program and its arguments, here as elsewhere.
    command: (shell ? ['/bin/sh', '-c', ...command] : command).map(literally),
    ...(workingDirectory !== null && { workingDir: workingDirectory }),
    env: environmentOf(spec),
    resources: resourcesOf(spec, settings),
    securityContext: { allowPrivilegeEscalation: false },
    // The kubelet asks the keeper about the command, and ends the command where the answer is no.
    ...(settings.keeper && {
      livenessProbe: {
        httpGet: { path: '/', port: KEEPER_PORT },
        periodSeconds: 10,
        timeoutSeconds: 10,
        failureThreshold: 6,
        terminationGracePeriodSeconds: Math.max(1, Math.ceil(graceMs / 1_000)),
      },
    }),
  }
}

/** Which of the node's GPUs it gets, the device plug-in says: what the run calls them means nothing to CUDA. */
function environmentOf({ environment, secrets, gpuUuids, runId, epoch }: RunSpec): V1EnvVar[] {
  const { CUDA_VISIBLE_DEVICES: _, ...given } = environment
  // Images may bring a word of their own about GPUs, such as `all`, which NVIDIA's runtime would follow.
  const none = { CUDA_VISIBLE_DEVICES: '', NVIDIA_VISIBLE_DEVICES: 'void' }
  const open = Object.entries({ ...given, ...(gpuUuids.length === 0 && none) })
  return [
    ...open.filter(([name]) => !secrets.includes(name)).map(([name, value]) => ({ name, value: literally(value) })),
    ...secrets.map((name, index) => ({
      name,
      valueFrom: { secretKeyRef: { name: nameOf({ runId, epoch }), key: keyOf(index) } },
    })),
  ]
}

/** Kubernetes would put variables in for `$(NAME)`; a shell has its own meaning for that. */
function literally(text: string): string {
  return text.replaceAll('$', '$$$$')
}

function resourcesOf({ limits: { memoryMb, cpus }, gpuUuids }: RunSpec, settings: KubernetesSettings) {
  const limits = {
    ...(memoryMb !== null && { memory: `${Math.ceil(memoryMb)}Mi` }),
    ...(cpus !== null && { cpu: `${Math.max(1, Math.round(cpus * 1_000))}m` }),
    ...(gpuUuids.length > 0 && { [settings.gpuResource]: String(gpuUuids.length) }),
  }
  return { limits, requests: limits }
}

/** Beside the command, from before it starts until it has ended; it has no right that the command lacks. */
function keeperOf({ image, seconds }: { image: string; seconds: number }): V1Container {
  return {
    name: 'keeper',
    image,
    args: ['keeper'],
    restartPolicy: 'Always',
    env: [
      { name: 'KEPT_FILE', value: `${KEPT_VOLUME.mountPath}/kept` },
      { name: 'KEPT_SECONDS', value: String(seconds) },
      { name: 'PORT', value: String(KEEPER_PORT) },
    ],
    resources: { requests: { cpu: '10m', memory: '48Mi' }, limits: { memory: '128Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 10_001,
    },
    volumeMounts: [{ ...KEPT_VOLUME, readOnly: true }],
  }
}
