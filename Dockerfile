# The service in a container, with the embedded PostgreSQL inside. Data are in /data: give it a volume.
FROM node:22-bookworm-slim AS build
WORKDIR /rapport
COPY . .
RUN npm ci --no-audit --no-fund && npm run build

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 RAPPORT_DATA=/data RAPPORT_DEMO=no
WORKDIR /rapport
COPY --from=build --chown=node:node /rapport /rapport
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "packages/server/bin/rapport-server.js", "serve"]
