/**
 * What somebody is to a thing at this moment. An admin is one of Slack's or was named in `/cairn setup`; a lead is
 * of the rock's team, or of the person's; a member is any full member of the workspace, so everybody of the others
 * is one too; a guest is a guest, a bot or somebody of another company.
 */
export type Role = 'admin' | 'lead' | 'owner' | 'backup' | 'member' | 'guest';

export const roles: readonly Role[] = ['admin', 'lead', 'owner', 'backup', 'member', 'guest'];

/**
 * Who may do what: the one table that decides, and that the README prints. Who may see a rock at all is another
 * matter (`sees` in the database); nothing can be done to a rock that one does not see.
 */
export const permissions = {
  'look up a rock': ['member'],
  'ask its owner for a rock': ['member'],
  'take an unowned rock': ['member'],
  'add a rock': ['member'],
  'confirm a rock': ['owner'],
  'edit a rock': ['owner', 'backup', 'lead', 'admin'],
  'hand over or lend a rock': ['owner'],
  'assign a rock': ['lead', 'admin'],
  'set down, split, merge or retire a rock': ['owner', 'lead', 'admin'],
  'hand over a piece of work': ['member'],
  'move several rocks of one person': ['owner', 'lead', 'admin'],
  'prepare a reorganisation': ['admin'],
  'release what somebody who left carried': ['admin'],
  "see somebody's load": ['owner', 'lead', 'admin'],
  "change somebody's limit": ['lead', 'admin'],
  'work off misses': ['admin'],
  'choose where a number comes from': ['owner', 'backup', 'lead', 'admin'],
  'say when one is away': ['member'],
  'add a cadence': ['member'],
  'change a cadence': ['owner', 'lead', 'admin'],
  'write the strategy': ['owner', 'admin'],
  'name editors of the strategy': ['admin'],
  'change holidays and company days': ['admin'],
  'see and mend deliveries': ['admin'],
  'add an objective': ['member'],
  'edit an objective': ['owner', 'lead', 'admin'],
  'add a key result': ['owner', 'lead', 'admin'],
  'edit a key result': ['owner', 'backup', 'lead', 'admin'],
  'add to a cycle in draft': ['lead', 'admin'],
  'add, start and change cycles': ['admin'],
  'start a cycle that was planned': ['lead', 'admin'],
  'grade a key result': ['owner', 'backup', 'lead', 'admin'],
  'close a cycle': ['lead', 'admin'],
  'add a roadmap item': ['member'],
  'edit a roadmap item': ['owner', 'backup', 'lead', 'admin'],
  'write down a decision': ['member'],
  'change an open decision': ['owner', 'backup', 'lead', 'admin'],
  'decide and give actions in a review': ['member'],
  'write a page of the playbook': ['lead', 'admin'],
  'read the digest': ['lead', 'admin'],
  'edit the digest': ['admin'],
  'log and look up conversations with customers': ['member'],
  'add and change accounts': ['member'],
  'make and revoke API tokens': ['admin'],
  'set Cairn up': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Operation = keyof typeof permissions;

/** What somebody is where no rock and no person is concerned, such as in what is set for the whole workspace. */
export function rolesInWorkspace({ isAdmin }: { isAdmin: boolean }): Role[] {
  return isAdmin ? ['member', 'admin'] : ['member'];
}

/** Whether somebody with these roles may do it. */
export function may(operation: Operation, own: readonly Role[]): boolean {
  const allowed: readonly Role[] = permissions[operation];
  return own.some((role) => allowed.includes(role));
}
