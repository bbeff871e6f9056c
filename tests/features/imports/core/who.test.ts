import { describe, expect, test } from 'vitest';
import { splitPeople } from '../../../../src/features/imports/core/people-in-cell.ts';
import { type KnownPerson, matchPerson } from '../../../../src/features/imports/core/who.ts';

function person(id: number, name: string, given: Partial<KnownPerson> = {}): KnownPerson {
  const email = `${name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '.')}@acme.example`;
  return {
    id,
    slackId: `U00000${id}`,
    name,
    email,
    handle: null,
    kind: 'member',
    isDeactivated: false,
    ...given,
  };
}
const ben = person(1, 'Ben Kaya', { email: 'ben@acme.example' });
const otherBen = person(2, 'Ben Okafor', { email: 'ben.o@acme.example' });
const zoe = person(3, 'Zoë Ångström', { handle: 'zoe' });
const bjorn = person(4, 'Bjørn Lie');
const eva = person(5, 'Eva Lund', { isDeactivated: true });
const guest = person(6, 'Gus Guest', { kind: 'guest' });
const bot = person(7, 'Deploy Bot', { kind: 'bot', email: null });
const people = [ben, otherBen, zoe, bjorn, eva, guest, bot];

const meant = (typed: string, among: KnownPerson[] = people) => {
  const match = matchPerson(typed, among);
  if (match.kind === 'nobody') return 'nobody';
  const names = match.kind === 'doubtful' ? match.people.map(({ name }) => name) : [match.person.name];
  return `${match.kind}: ${names.join(', ')}`;
};

describe('somebody is found by', () => {
  test.each([
    ['Ben Kaya', 'sure: Ben Kaya'],
    ['Ben K.', 'sure: Ben Kaya'],
    ['B. Kaya', 'sure: Ben Kaya'],
    ['kaya, ben', 'sure: Ben Kaya'],
    ['Ben Kaya (PM)', 'sure: Ben Kaya'],
    ['Ben Michael Kaya', 'sure: Ben Kaya'],
    ['@ben.o', 'sure: Ben Okafor'],
    ['<@U000001|whoever>', 'sure: Ben Kaya'],
    ['BEN@ACME.EXAMPLE', 'sure: Ben Kaya'],
    ['Ben Kaya <ben@acme.example>', 'sure: Ben Kaya'],
    ['ben@…', 'sure: Ben Kaya'],
    ['ben.o@', 'sure: Ben Okafor'],
    ['zoe.ang@', 'nobody'],
    ['Zoe', 'sure: Zoë Ångström'],
    ['zoë angstrom', 'sure: Zoë Ångström'],
    ['Bjorn', 'sure: Bjørn Lie'],
    ['Bjørn', 'sure: Bjørn Lie'],
    ['Zoe Angstrm', 'sure: Zoë Ångström'],
    ['Bjron', 'doubtful: Bjørn Lie'],
  ])('%s', (typed, expected) => expect(meant(typed)).toBe(expected));

  test('an address of which only the front was copied, with every one that begins so', () => {
    expect(meant('be…')).toBe('nobody');
    expect(meant('zoe.angstrom@ac…')).toBe('sure: Zoë Ångström');
    const two = [
      person(8, 'Kim', { email: 'kim@a.example' }),
      person(9, 'Kim Li', { email: 'kim@b.example' }),
    ];
    expect(meant('kim@…', two)).toBe('doubtful: Kim, Kim Li');
  });

  test('umlauts in two letters', () => {
    expect(meant('Juergen Mueller', [person(8, 'Jürgen Müller')])).toBe('sure: Jürgen Müller');
  });

  test('a name in another script', () => {
    expect(meant('田中', [person(8, '田中 太郎', { email: null })])).toBe('sure: 田中 太郎');
  });
});

describe('it is said', () => {
  test('whom a part of a name may mean', () => expect(meant('@Ben Ok')).toBe('doubtful: Ben Okafor'));
  test('which two Bens there are', () => {
    for (const typed of ['Ben', '@ben', 'Benn']) expect(meant(typed)).toBe('doubtful: Ben Kaya, Ben Okafor');
  });
  test('that somebody left, is a guest, a bot, or nobody', () => {
    expect(meant('Eva Lund')).toBe('left: Eva Lund');
    expect(meant('gus guest')).toBe('unfit: Gus Guest');
    expect(meant('Deploy Bot')).toBe('unfit: Deploy Bot');
    expect(meant('Xaver')).toBe('nobody');
    expect(meant('')).toBe('nobody');
    expect(meant('K.')).toBe('nobody');
  });
  test('that a first name may be the one who left', () => {
    expect(meant('Eva', [eva, person(8, 'Eva Neu')])).toBe('doubtful: Eva Neu');
  });
});

describe('a cell with several names', () => {
  test.each([
    ['Ana / Ben', ['Ana', 'Ben']],
    ['Ana, Ben', ['Ana', 'Ben']],
    ['Ana & Ben', ['Ana', 'Ben']],
    ['Ana and Ben; Chi', ['Ana', 'Ben', 'Chi']],
    ['Kaya, Ben', ['Kaya, Ben']],
    ['Kaya, Ben / Zoë', ['Kaya, Ben', 'Zoë']],
    ['TBD', []],
    ['–', []],
    ['n/a', []],
    ['Ana / ?', ['Ana']],
  ])('%s', (cell, names) => expect(splitPeople(cell, people)).toEqual(names));
});

describe('somebody who is shown by a nickname', () => {
  const ana = person(11, 'Ana', { realName: 'Ana Sørensen', email: null });
  const otherAna = person(12, 'Ana Lima', { email: null });

  test('is meant by their whole name, and by the nickname where nobody else has it', () => {
    expect(meant('Ana Sorensen', [ana, otherAna])).toEqual(meant('Ana Sørensen', [ana]));
    expect(meant('Sørensen', [ana, otherAna])).toContain('sure');
    expect(meant('Ana', [ana])).toContain('sure');
  });

  test('is asked about where the nickname is the first name of another', () => {
    expect(meant('Ana', [ana, otherAna])).toBe('doubtful: Ana, Ana Lima');
  });

  test('is one person still', () => {
    expect(matchPerson('Ana S.', [ana])).toEqual({ kind: 'sure', person: ana });
  });
});
