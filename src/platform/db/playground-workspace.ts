/** The workspace of the fake of Slack: what there is to import into where no Slack tokens are set. */
export const playgroundWorkspace = { id: 'T0CAIRN', name: 'Playground' };
