// What the log says.
export const words = {
  title: 'Log',
  of: (attempt: number) => `attempt ${attempt}`,
  earlier: (count: string) => `${count} earlier lines are not shown`,
  missing: '[Some of the output is missing here.]\n',
  waiting: 'Waiting for output…',
  empty: 'The attempt wrote nothing.',
  expired: 'The output is older than output is kept.',
  lines: (count: string) => `${count} lines`,
  oneLine: '1 line',
  status: { following: 'Live', ended: 'Ended', expired: 'Kept no longer', polling: 'Polling', failed: 'Not reachable' },
  follow: 'Jump to the end',
  download: 'Download',
  downloading: 'Downloading…',
  downloadFailed: 'The log could not be downloaded.',
} as const
