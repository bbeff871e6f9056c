import { join } from 'node:path';
import { parseFile, type TsType } from '@swc/core';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

type Columns = { name: string; isNullable: boolean }[];

let database: TestDatabase;
const inDatabase = new Map<string, Columns>();
beforeAll(async () => {
  database = await createTestDatabase();
  const { rows } = await sql<{ table: string; name: string; isNullable: boolean }>`
    select c.table_name as "table", c.column_name as name, c.is_nullable = 'YES' as "isNullable"
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name not like 'kysely%'
    order by c.table_name, c.column_name`.execute(database.db);
  for (const { table, name, isNullable } of rows) {
    inDatabase.set(table, [...(inDatabase.get(table) ?? []), { name, isNullable }]);
  }
});
afterAll(async () => {
  await database.close();
});

// A view is read like a table, and says of no column that it cannot be null.
const views = ['strategy_in_force'];
const inCode = new Map([...(await columnsInCode())].filter(([table]) => !views.includes(table)));

describe('every table', () => {
  test('is known to the code, and every table of the code is there', () => {
    expect([...inCode.keys()].sort()).toEqual([...inDatabase.keys()].sort());
  });

  test('carries its workspace', () => {
    const without = [...inDatabase].filter(
      ([table, columns]) =>
        table !== 'workspaces' &&
        !columns.some(({ name, isNullable }) => name === 'workspace_id' && !isNullable),
    );
    expect(without.map(([table]) => table)).toEqual([]);
    expect(inDatabase.size).toBeGreaterThan(20);
  });

  test('refers to rows of its own workspace alone', async () => {
    const { rows } = await sql<{ name: string }>`
      select k.conrelid::regclass || ' > ' || k.confrelid::regclass as name
      from pg_constraint k
      where k.contype = 'f' and k.confrelid <> 'workspaces'::regclass and not exists (
        select 1 from pg_attribute a
        where a.attrelid = k.conrelid and a.attnum = any(k.conkey)
          and a.attname = case when k.conrelid = 'workspaces'::regclass then 'id' else 'workspace_id' end)`.execute(
      database.db,
    );
    expect(rows).toEqual([]);
  });
});

describe('tables.ts agrees with the database about', () => {
  test.each([...inCode])('%s', (table, columns) => {
    expect(byName(columns)).toEqual(byName(inDatabase.get(table) ?? []));
  });
});

function byName(columns: Columns): Columns {
  return columns.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reads the types of tables.ts, which leave no trace at run time, from its text. */
async function columnsInCode(): Promise<Map<string, Columns>> {
  const path = join(import.meta.dirname, '../../../src/platform/db/tables.ts');
  const { body } = await parseFile(path, { syntax: 'typescript' });
  const types = new Map<string, TsType>();
  for (const statement of body) {
    const declared = statement.type === 'ExportDeclaration' ? statement.declaration : statement;
    if (declared.type === 'TsTypeAliasDeclaration') types.set(declared.id.value, declared.typeAnnotation);
  }
  const tables = new Map<string, Columns>();
  for (const [table, type] of membersOf(types.get('Tables'))) {
    const row = type.type === 'TsTypeReference' && 'value' in type.typeName ? type.typeName.value : '';
    tables.set(
      table,
      membersOf(types.get(row)).map(([name, column]) => ({ name, isNullable: mayBeNull(column, types) })),
    );
  }
  return tables;
}

function membersOf(type: TsType | undefined): [string, TsType][] {
  if (type?.type !== 'TsTypeLiteral') throw new Error('not the type of a table');
  return type.members.map((member) => {
    const isColumn = member.type === 'TsPropertySignature' && member.key.type === 'Identifier';
    if (!isColumn || member.typeAnnotation === undefined) throw new Error('not a column');
    return [(member.key as { value: string }).value, member.typeAnnotation.typeAnnotation];
  });
}

/** What may be read as null: `… | null`, or an alias of `ColumnType` whose first part is that or unknown. */
function mayBeNull(type: TsType, types: ReadonlyMap<string, TsType>): boolean {
  if (type.type === 'TsUnionType') return type.types.some((part) => mayBeNull(part, types));
  if (type.type === 'TsKeywordType') return type.kind === 'null' || type.kind === 'unknown';
  if (type.type !== 'TsTypeReference' || !('value' in type.typeName)) return false;
  const first = type.typeParams?.params[0];
  const named = types.get(type.typeName.value);
  if (type.typeName.value === 'Json') return false;
  if (named !== undefined) return mayBeNull(named, types);
  return first !== undefined && mayBeNull(first, types);
}
