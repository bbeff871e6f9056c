import type { Config } from '../../config.ts';
import { channelsInUse } from '../../features/health/operations.ts';
import { slackDirectory } from '../../features/people/directory.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Log } from '../../platform/log.ts';
import { clientsForDeliveries, type SlackCredentials } from '../../platform/slack/connection.ts';
import { shippedScopes } from '../manifest-command.ts';
import { checkChannels } from './channel-checks.ts';
import { readClockOf } from './database-checks.ts';
import { type Finding, note } from './finding.ts';
import { checkRequestUrl, checkSigningSecret } from './request-checks.ts';
import { askSlack, checkAppToken, checkClock, checkScopes } from './slack-checks.ts';

const patienceMs = 10_000;

type Looking = { config: Config; origin: string | null; log: Log; db: Database | null };
type Tell = (findings: Finding[]) => void;

/** All that has to do with Slack: tokens, scopes, the way of requests, clocks, channels. */
export async function checkSlack({ config, origin, log, db }: Looking, tell: Tell): Promise<void> {
  const { slack } = config;
  if (db !== null) tell([checkClock("the database's", await readClockOf(db))]);
  if (slack.mode === 'playground') {
    tell([
      note(
        'Slack',
        'no tokens are set. `cairn manifest` prints the app to make at Slack; the README goes on',
      ),
    ]);
    return;
  }
  const { client, date } = clientThatReadsDates(slack, log);
  const { answer, finding } = await askSlack(client, date);
  tell([finding]);
  if (slack.mode === 'socket')
    tell([
      await checkAppToken(clientsForDeliveries({ ...slack, botToken: slack.appToken }, log, patienceMs)()),
    ]);
  else await checkRequests(slack.signingSecret, { config, origin }, tell);
  if (answer === null) return;
  if (answer.aheadSeconds !== null) tell([checkClock("Slack's", answer.aheadSeconds)]);
  tell(checkScopes(await shippedScopes(), answer.scopes));
  if (db === null) return;
  const directory = slackDirectory(answer.workspaceId, { waiting: client, patient: client });
  tell(await checkChannels(directory, await channelsInUse(db, answer.workspaceId)));
}

/** Slack's clock stands in a header, which the client keeps to itself. */
function clientThatReadsDates(slack: SlackCredentials, log: Log) {
  let date: string | null = null;
  const client = clientsForDeliveries(
    slack,
    log,
    patienceMs,
  )(async (input, init) => {
    const response = await fetch(input, init);
    date = response.headers.get('date');
    return response;
  });
  return { client, date: () => date };
}

/** Without an address that Slack calls, the process on this machine is asked alone. */
async function checkRequests(
  secret: string,
  { config, origin }: { config: Config; origin: string | null },
  tell: Tell,
): Promise<void> {
  tell([checkSigningSecret(secret)]);
  if (origin !== null) return tell([await checkRequestUrl(origin, secret, { isLocal: false })]);
  const { host, port } = config.http;
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  tell([
    await checkRequestUrl(`http://${here}:${port}`, secret, { isLocal: true }),
    note('Request URL', 'not looked at: say --url https://… with the address that Slack calls'),
  ]);
}
