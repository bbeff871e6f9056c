/**
 * The arrows of docs/architecture.md, checked. Each rule names the arrow that must not be drawn.
 */
const feature = '^src/features/([^/]+)/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'platform-knows-no-product',
      comment: 'platform is below everything: it imports only itself',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(features|cadence|delivery|playground|cli|app|main|config)' },
    },
    {
      name: 'delivery-is-below-cadence-and-features',
      severity: 'error',
      from: { path: '^src/delivery/' },
      to: { path: '^src/(features|cadence|playground|cli|app|main|config)' },
    },
    {
      name: 'cadence-knows-no-feature',
      severity: 'error',
      from: { path: '^src/cadence/' },
      to: { path: '^src/(features|playground|cli|app|main|config)' },
    },
    {
      name: 'features-know-no-wiring',
      severity: 'error',
      from: { path: '^src/features/' },
      to: { path: '^src/(playground|cli|app|main|config)' },
    },
    {
      name: 'a-store-belongs-to-its-feature',
      comment: 'another feature asks through operations, so that one place decides',
      severity: 'error',
      from: { path: feature },
      to: { path: '^src/features/.+store\\.ts$', pathNot: '^src/features/$1/' },
    },
    {
      name: 'core-is-pure',
      comment: 'rules reach no database, no Slack, no clock: only other rules and plain libraries',
      severity: 'error',
      from: { path: '^src/.+/core/' },
      to: { path: '^src/', pathNot: '/core/' },
    },
    {
      name: 'core-uses-no-driver',
      severity: 'error',
      from: { path: '^src/.+/core/' },
      to: { path: '(node_modules/(pg|kysely|@slack|pino|node-cron)/|^node:(fs|net|http|child_process))' },
    },
    {
      name: 'stores-reach-down-only',
      severity: 'error',
      from: { path: 'store\\.ts$' },
      to: { path: '(operations|slack|blocks|jobs|input)\\.ts$' },
    },
    {
      name: 'operations-know-no-slack',
      comment: 'an operation is called by people, clocks and files alike',
      severity: 'error',
      from: { path: 'operations\\.ts$' },
      to: {
        path: '(/(slack|jobs|input)\\.ts$|^src/platform/slack/)',
        pathNot: '^src/platform/slack/(mrkdwn|elements)\\.ts$',
      },
    },
    {
      name: 'blocks-are-pure',
      severity: 'error',
      from: { path: '(blocks|input)\\.ts$' },
      to: { path: '(store|operations|slack|jobs)\\.ts$', pathNot: '^src/platform/slack/' },
    },
    {
      name: 'nothing-imports-the-playground',
      comment: 'only main starts it, and tests use it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main\\.ts|playground/)' },
      to: { path: '^src/playground/' },
    },
    {
      name: 'production-needs-no-development-package',
      comment:
        'npm ci --omit=dev leaves them out; only the playground, which is not there either, may use them',
      severity: 'error',
      from: { path: '^(src|bin|migrations)/', pathNot: '^src/playground/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-orphans-from-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.cjs', '.json'] },
  },
};
