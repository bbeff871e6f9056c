import type { WebClient } from '@slack/web-api';

/** What Slack lets Cairn do; null until it has said so. */
export type GrantedScopes = () => ReadonlySet<string> | null;

export type ScopeReader = {
  granted: GrantedScopes;
  /** Asks Slack anew; resolves to whether something has changed. Throws when Slack does not answer. */
  refresh(): Promise<boolean>;
};

/** Reads the bot's scopes from the header that Slack sends with its answers; an app may be installed anew at any time. */
export function readScopes(client: WebClient): ScopeReader {
  let granted: ReadonlySet<string> | null = null;
  return {
    granted: () => granted,
    async refresh() {
      const { response_metadata } = await client.auth.test();
      const scopes = response_metadata?.scopes;
      if (scopes === undefined) return false;
      const next = new Set(scopes);
      const isSame =
        granted !== null && granted.size === next.size && [...next].every((scope) => granted?.has(scope));
      granted = next;
      return !isSame;
    },
  };
}
