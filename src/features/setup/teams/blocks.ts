import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button, context, header, section, sections } from '../../../platform/slack/elements.ts';
import { channelMention, inline, personMention, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import { guideActions, teamActions } from '../guide/actions.ts';
import { listed, whyLead, whyLeftOut } from './core/words.ts';
import { zoneLines } from './core/zones.ts';
import type { PreviewTeam, TeamPreview } from './preview.ts';

export const createModalId = 'setup-teams:create';

/** Twenty teams of this length are as much text as Slack takes in one modal. */
const longestTeam = 450;
const mostPeople = 8;
const mostLeftOut = 4;
const mostTroubles = 10;

const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });

/** What would be created, team by team, each to be changed or left out. */
export function previewModal(preview: TeamPreview, said: readonly string[] = []): ModalView {
  const { teams, troubles, zones } = preview;
  const included = teams.filter((team) => !team.isLeftOut);
  const does = included.some(({ effect }) => effect.kind !== 'same');
  const count = included.length === 1 ? 'One team' : `${included.length} teams`;
  return {
    type: 'modal',
    callback_id: createModalId,
    private_metadata: JSON.stringify({ proposal: preview.id, stamp: preview.stamp }),
    title: words('Teams from Slack'),
    ...(does ? { submit: words('Create teams') } : {}),
    close: words('Later'),
    blocks: [
      ...sections(said),
      ...(teams.length === 0 ? [] : [header(`${count}. Nothing is created yet.`)]),
      ...sections(teams.length === 0 ? [] : zoneLines(zones)),
      ...teams.flatMap((team, index) => teamBlocks(preview.id, team, index)),
      ...troubleBlocks(troubles, teams.length),
      actions(
        button('Pick again', teamActions.pick, 'pick'),
        button('Back to the steps', guideActions.back, 'people'),
      ),
    ],
  };
}

function teamBlocks(proposalId: number, team: PreviewTeam, index: number): KnownBlock[] {
  const value = JSON.stringify([proposalId, index]);
  if (team.isLeftOut) {
    return [
      section(
        `~${inline(team.name)}~ is left out.`,
        button('Take it in', `${teamActions.leaveOut}/${index}`, JSON.stringify([proposalId, index, 0])),
      ),
    ];
  }
  return [
    section(shortenedMrkdwn(teamLines(team).join('\n'), longestTeam)),
    actions(
      button('Change', `${teamActions.change}/${index}`, value),
      button('Leave it out', `${teamActions.leaveOut}/${index}`, JSON.stringify([proposalId, index, 1])),
    ),
  ];
}

/** A team in a few lines: what becomes of it, who leads it, who is in it, where it meets, and who is not in it. */
export function teamLines(team: PreviewTeam): string[] {
  const { name, from, leader, leftOut, home, effect } = team;
  const read = listed(from.map(inline), 3);
  const out = leftOut.map((one) => `${inline(one.name)} (${whyLeftOut[one.why]})`);
  return [
    `*${inline(name)}* from ${read} · ${effectWords(team)}`,
    ...(effect.kind === 'new' ? [] : effectLines(team)),
    peopleLine(team),
    ...(effect.kind !== 'new'
      ? []
      : [
          leader === null
            ? 'No lead found: *Change* names one.'
            : `Lead: ${personMention(leader.person)}, ${whyLead[leader.why]}`,
        ]),
    ...(home === null || home.hasCairn
      ? []
      : [`I am not in ${channelMention(home)}, so it has no home yet: type \`/invite @Cairn\` there.`]),
    ...(home?.hasCairn === true && effect.kind === 'new' ? [`Home: ${channelMention(home)}`] : []),
    ...(out.length === 0 ? [] : [`Left out: ${listed(out, mostLeftOut)}`]),
  ];
}

function effectWords({ effect }: PreviewTeam): string {
  if (effect.kind === 'new') return 'new';
  return effect.kind === 'same' ? 'there already, nothing changes' : 'there already, and changes';
}

function effectLines({ effect, members, home }: PreviewTeam): string[] {
  if (effect.kind !== 'changed') return [];
  const mention = (id: number) => members.filter((person) => person.id === id).map(personMention);
  const gained = effect.added.flatMap(mention);
  return [
    ...(gained.length === 0 ? [] : [`Gains: ${listed(gained, mostPeople)}`]),
    ...(effect.leadId === null ? [] : ['Gets a lead']),
    ...(effect.channelId === null || home === null ? [] : [`Gets a home: ${channelMention(home)}`]),
  ];
}

function peopleLine({ members }: PreviewTeam): string {
  const count = members.length === 1 ? '1 person' : `${members.length} people`;
  return members.length === 0
    ? 'Nobody is in it any more.'
    : `${count}: ${listed(members.map(personMention), mostPeople)}`;
}

function troubleBlocks(troubles: readonly string[], teams: number): KnownBlock[] {
  if (troubles.length === 0) return [];
  const shown = troubles.slice(0, mostTroubles);
  const more = troubles.length - shown.length;
  return [
    header(teams === 0 ? 'No team could be read' : 'Not read'),
    ...sections(shown.map((trouble) => `• ${trouble}`)),
    ...(more > 0 ? [context(`… and ${more} more.`)] : []),
  ];
}
