import { expect, test } from 'vitest'
import { findHierarchies } from './cgroup-home.ts'

test('version 2 is one hierarchy, whose groups say what they can do', () => {
  const mountinfo = '35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n'
  expect(findHierarchies(mountinfo, '0::/system.slice/worker.service\n')).toEqual([
    { version: 2, mount: '/sys/fs/cgroup', own: '/system.slice/worker.service', controllers: [] },
  ])
})

test('of version 1 the hierarchies of memory and processors are of use, beside a version 2 that only keeps together', () => {
  const mountinfo = `
40 30 0:31 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
41 30 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
42 30 0:33 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd
43 30 0:34 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
`
  const own = '9:name=systemd:/\n5:memory:/jobs/a\n4:cpu,cpuacct:/jobs\n0::/\n'
  expect(findHierarchies(mountinfo, own)).toEqual([
    { version: 1, mount: '/sys/fs/cgroup/memory', own: '/jobs/a', controllers: ['memory'] },
    { version: 1, mount: '/sys/fs/cgroup/cpu,cpuacct', own: '/jobs', controllers: ['cpu'] },
    { version: 2, mount: '/sys/fs/cgroup/unified', own: '/', controllers: [] },
  ])
})

test('in a container the path is one below what is mounted there', () => {
  const mountinfo = '41 30 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n'
  expect(findHierarchies(mountinfo, '5:memory:/docker/abc\n')).toMatchObject([{ own: '/' }])
  expect(findHierarchies(mountinfo, '5:memory:/docker/abc/below\n')).toMatchObject([{ own: '/below' }])
})

test('where nothing is mounted there is nothing to find', () => {
  expect(findHierarchies('24 1 254:0 / / rw - ext4 /dev/vda rw\n', '0::/\n')).toEqual([])
})
