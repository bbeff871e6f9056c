// Plain JavaScript on purpose: it has to parse on the old Node that it turns away.
const oldest = 24;
const running = Number(process.versions.node.split('.')[0]);

if (running < oldest) {
  console.error(
    `Cairn needs Node ${oldest} or later and this is ${process.versions.node}. ` +
      'Run "npm ci", with its install scripts, and start it through npm: the right Node comes with the project.',
  );
  process.exit(1);
}
