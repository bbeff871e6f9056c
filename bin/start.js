import './require-node.js';

const { main } = await import('../src/main.ts');
await main(process.argv.slice(2));
