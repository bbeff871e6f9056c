import { describe, expect, it } from 'vitest';
import {
  readAdded,
  readChoice,
  readMenus,
  readTitle,
  readWhy,
  writeChoice,
} from '../../../../src/features/handoffs/batches/input.ts';
import { rockBlockId, stays } from '../../../../src/features/handoffs/batches/modal-blocks.ts';

const submitted = (values: Record<string, string | null>) => ({
  workspaceId: 'T1',
  slackUserId: 'U1',
  values,
  lists: {},
  files: {},
  metadata: '',
});

describe('what is missing in a form of several rocks is said beside its field', () => {
  it.each(['', ' \n '])('why they move: %j', (why) => {
    expect(readWhy(submitted({ why }))).toEqual({
      errors: { why: 'A sentence is enough: why do they move?' },
    });
  });

  it('what a reorganisation is called', () => {
    expect(readTitle(submitted({ title: ' ' }))).toEqual({
      errors: { title: 'A few words are enough, such as “Teams from January on”.' },
    });
    expect(readTitle(submitted({ title: ' One checkout ' }))).toEqual({ title: 'One checkout' });
  });

  it('whose rocks are added: one of a person, a team and a rock', () => {
    expect(readAdded(submitted({}))).toEqual({
      errors: { person: 'Whose rocks move? A person’s, a team’s, or one rock.' },
    });
    expect(readAdded(submitted({ person: 'U1', rock: 'payments' }))).toEqual({
      errors: { person: 'Pick one of the three: a person, a team or a rock.' },
    });
    expect(readAdded(submitted({ team: '7', rock: ' ' }))).toEqual({ team: 7 });
  });
});

describe('who takes what', () => {
  it('travels with the modal and comes back as it was', () => {
    const choice = new Map([
      [7, 21],
      [123_456, 22],
    ]);
    expect(readChoice(writeChoice(choice, [21, 22]), [21, 22])).toEqual(choice);
  });

  it('has nothing of what was made by hand', () => {
    expect(readChoice('7.9,zz.x,,;drop', [21])).toEqual(new Map());
    const menus = { [rockBlockId(7)]: '99', [rockBlockId(8)]: stays, [rockBlockId(9)]: '21' };
    expect(readMenus(submitted(menus), [7, 8], [21])).toEqual(new Map([[8, null]]));
  });
});
