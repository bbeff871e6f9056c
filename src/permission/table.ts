import { may, type Operation, permissions, type Role } from './permissions.ts';

const columns: [Role, string][] = [
  ['member', 'every member'],
  ['backup', 'backup'],
  ['owner', 'owner'],
  ['lead', 'lead'],
  ['admin', 'admin'],
];
const begins = /^<!-- permissions:.*-->$/m;
const end = '<!-- end of permissions -->';

/** The table of who may do what, in Markdown. Everybody who may use Cairn is a member. */
export function permissionTable(): string {
  const operations = Object.keys(permissions) as Operation[];
  const rows = operations.map((operation) => {
    const cells = columns.map(([role]) =>
      may(operation, role === 'member' ? [role] : ['member', role]) ? 'yes' : '',
    );
    return [operation, ...cells];
  });
  const head = ['operation', ...columns.map(([, name]) => name)];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A page with the table as it is now, between its two comments. Throws for a page that has no place for it. */
export function withTable(page: string): string {
  const begin = begins.exec(page);
  const to = page.indexOf(end);
  if (begin === null || to < begin.index)
    throw new Error('the page has no place for the table of permissions');
  return `${page.slice(0, begin.index + begin[0].length)}\n\n${permissionTable()}\n\n${page.slice(to)}`;
}
