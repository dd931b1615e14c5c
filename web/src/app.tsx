import { Navigate, Route, Router } from '@solidjs/router'
import { ErrorBoundary, lazy, type ParentProps, Show } from 'solid-js'
import { jobCacheRules } from './jobs/cache.ts'
import { operateOptimistic } from './operate/cache.ts'
import { type CacheRules, GraphProvider, openGraph } from './shared/graph.ts'
import { inOwnTask } from './shared/in-turn.ts'
import { Broken, NotFound } from './shared/lost.tsx'
import { identity, person, token, tokenRefused } from './shared/session.ts'
import { Shell } from './shared/shell.tsx'
import { followTheme } from './shared/theme.ts'
import type { Identity } from './shared/token.ts'
import { tokenUpdates } from './tokens/cache.ts'

const SignIn = lazy(() => import('./shared/sign-in.tsx').then(inOwnTask))
const JobsPage = lazy(() => import('./jobs/jobs-page.tsx').then(inOwnTask))
const JobPage = lazy(() => import('./job/job-page.tsx').then(inOwnTask))
const GpusPage = lazy(() => import('./gpus/gpus-page.tsx').then(inOwnTask))
const GpuPage = lazy(() => import('./gpu/gpu-page.tsx').then(inOwnTask))
const QueuePage = lazy(() => import('./queue/queue-page.tsx').then(inOwnTask))
const UsagePage = lazy(() => import('./usage/usage-page.tsx').then(inOwnTask))
const TokensPage = lazy(() => import('./tokens/tokens-page.tsx').then(inOwnTask))

const CACHE_RULES: CacheRules = {
  updates: { ...jobCacheRules.updates, Mutation: tokenUpdates },
  optimistic: { ...jobCacheRules.optimistic, ...operateOptimistic },
  gathered: jobCacheRules.gathered,
}

const NOBODY: Identity = { id: '', role: '', accounts: [] }

/** The whole page: the sign-in screen, or everything else with a connection of its own per person. */
export function App() {
  followTheme()
  return (
    <ErrorBoundary fallback={(fault) => <Broken fault={fault} />}>
      <Show when={person()} keyed fallback={<SignIn />}>
        {(_person) => <SignedIn />}
      </Show>
    </ErrorBoundary>
  )
}

function SignedIn() {
  const graph = openGraph(() => token() ?? '', CACHE_RULES, tokenRefused)
  const who = identity() ?? NOBODY
  return (
    <GraphProvider value={graph}>
      <Router base="/app" root={(inner: ParentProps) => <Shell identity={who}>{inner.children}</Shell>}>
        <Route path="/" component={() => <Navigate href="/jobs" />} />
        <Route path="/jobs" component={JobsPage} />
        <Route path="/jobs/:id" component={JobPage} />
        <Route path="/gpus" component={GpusPage} />
        <Route path="/gpus/:id" component={GpuPage} />
        <Route path="/queue" component={QueuePage} />
        <Route path="/usage" component={UsagePage} />
        <Route path="/tokens" component={TokensPage} />
        <Route path="*" component={NotFound} />
      </Router>
    </GraphProvider>
  )
}
