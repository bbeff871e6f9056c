import { createHmac, randomBytes } from 'node:crypto';
import { type Finding, mend, note, well } from './finding.ts';

const patienceMs = 10_000;
const path = '/slack/events';

/** A signing secret as Slack gives them: anything else was copied from another place. */
export function checkSigningSecret(secret: string): Finding {
  const about = 'Signing secret';
  return /^[0-9a-f]{32}$/.test(secret)
    ? well(about, 'reads as one of Slack’s')
    : note(
        about,
        'is not 32 hexadecimal digits, as Slack’s are. Copy it at https://api.slack.com/apps under Basic Information, App Credentials.',
      );
}

/**
 * Asks the Cairn at an address to prove that it is one, as Slack does with a new request URL: signed with the secret of
 * this configuration. So whatever lies between, and the secret of the process that answers, is checked as well.
 */
export async function checkRequestUrl(
  origin: string,
  secret: string,
  { isLocal }: { isLocal: boolean },
): Promise<Finding> {
  const about = isLocal ? 'Cairn here' : 'Request URL';
  const url = `${origin}${path}`;
  const challenge = randomBytes(12).toString('hex');
  const body = JSON.stringify({ type: 'url_verification', challenge });
  const timestamp = Math.floor(Date.now() / 1_000);
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const asked = fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${hash}`,
    },
    body,
    signal: AbortSignal.timeout(patienceMs),
  });
  try {
    const response = await asked;
    const text = await response.text();
    if (response.ok && text.includes(challenge)) return well(about, `${url} answers`);
    return mend(about, `${url} ${answerWords(response.status)}`);
  } catch (error) {
    return nobody(about, url, error, isLocal);
  }
}

function answerWords(status: number): string {
  if (status === 401)
    return 'does not accept what SLACK_SIGNING_SECRET signs: the Cairn that answers there has another one, or its clock is wrong.';
  if (status === 503)
    return 'is not ready: Cairn is starting there, or its database does not answer. Look at /readyz and the log.';
  if (status >= 300 && status < 400)
    return `sends on to another address (${status}), and Slack does not follow. Name the last address.`;
  return `answers ${status}: something else listens there, or a proxy does not pass ${path} on to Cairn.`;
}

function nobody(about: string, url: string, error: unknown, isLocal: boolean): Finding {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (isLocal && code === 'ECONNREFUSED')
    return note(about, `nobody answers at ${url}, so Cairn does not run here: npm start`);
  const why = code !== '' ? code : cause instanceof Error ? cause.message : String(cause);
  const isTls = /CERT|SSL|TLS|SELF_SIGNED/.test(why);
  return mend(
    about,
    isTls
      ? `${url} has a certificate that is not accepted (${why}), and Slack accepts none of its kind. Mend the certificate.`
      : `${url} does not answer (${why}). Check the name, the firewall and the proxy.`,
  );
}
