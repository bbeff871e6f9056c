/** What decides whether somebody who is no admin may begin the guided path. */
export type Standing = {
  /** No rocks, teams, cadences and objectives. */
  isEmpty: boolean;
  /** Whether somebody whom `/cairn setup` named an admin is there: a full member who is not deactivated. */
  hasNamedAdmin: boolean;
  /** The same of anybody who is an admin, one of Slack's too. */
  hasAdmin: boolean;
  /** Who began the guided path; null: nobody has yet. */
  begun: { isThere: boolean } | null;
};

/**
 * A token does not tell who installed Cairn. In a workspace that is still empty it is taken to be the first who asks; and
 * where somebody began and left before there was another admin, whoever goes on.
 */
export function mayBeFirst({ isEmpty, hasNamedAdmin, hasAdmin, begun }: Standing): boolean {
  if (begun === null) return isEmpty && !hasNamedAdmin;
  return !begun.isThere && (!hasAdmin || (isEmpty && !hasNamedAdmin));
}
