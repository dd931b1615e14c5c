// Events come from the subgraph `events` over graphql-ws; the rest is as Hive Gateway comes.
export const gatewayConfig = {
  transportEntries: { events: { options: { subscriptions: { kind: 'ws', location: '/graphql' } } } },
}
