// The whole log of an attempt as a file.
import { token } from '../shared/session.ts'

/** Saves it under a name that tells where it is from. @throws where the server does not give it to its end */
export async function downloadLog(jobId: string, attempt: number): Promise<void> {
  const answer = await fetch(`/jobs/${jobId}/logs?attempt=${attempt}`, {
    headers: { accept: 'text/plain', authorization: `Bearer ${token()}` },
  })
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`)
  const address = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = `${jobId}.${attempt}.log`
  link.click()
  URL.revokeObjectURL(address)
}
