import { type Refusal, refused } from '../platform/core/result.ts';
import { inline } from '../platform/slack/mrkdwn.ts';

/** Why a cadence is paused none of whose teams is live. */
export const notLiveReason = 'not live yet';

/** So many teams are named. */
const mostNamed = 3;

/** Why a cadence does not come while the workspace is quiet. */
export function notLiveRefusal(teams: readonly { name: string }[], isAnyLive: boolean): Refusal {
  const mend = isAnyLive
    ? '`/cairn setup` takes the rest of the company live.'
    : '`/cairn setup` takes the first team live.';
  if (teams.length === 0) {
    const who = isAnyLive ? 'The whole company' : 'No team';
    return refused(
      'not-live',
      `${who} is ${isAnyLive ? 'not ' : ''}live yet, so nothing would be sent. ${mend}`,
    );
  }
  const names = teams.slice(0, mostNamed).map(({ name }) => inline(name));
  if (teams.length > mostNamed) names.push(`${teams.length - mostNamed} more`);
  const [only] = names;
  if (names.length === 1)
    return refused(
      'not-live',
      `${only} is not live yet, so nothing would be sent. \`/cairn setup\` takes it live.`,
    );
  return refused(
    'not-live',
    `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are not live yet, so nothing would be sent. \`/cairn setup\` takes them live.`,
  );
}
