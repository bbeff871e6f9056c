import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Submission } from '../../platform/slack/calls.ts';
import { limits, readLimit } from '../ownership/load/core/limit.ts';
import { hours } from './core/settings.ts';

/** The form of `/cairn setup` as it was sent off: Slack ids, and numbers that were read or are refused with words. */
export type SettingsForm = {
  admins: string[];
  productOperations: string | null;
  leaders: string | null;
  backpackLimit: Result<number>;
  releaseAfterHours: Result<number>;
};

export function readSettingsForm({ values, lists }: Submission): SettingsForm {
  return {
    admins: lists['admins'] ?? [],
    productOperations: values['productOperations'] || null,
    leaders: values['leaders'] || null,
    backpackLimit: readUsualLimit(values['backpackLimit']),
    releaseAfterHours: readHours(values['releaseAfterHours']),
  };
}

function readUsualLimit(text: string | null | undefined): Result<number> {
  const limit = readLimit(text);
  if (!limit.ok) return limit;
  if (limit.value !== null) return accepted(limit.value);
  return refused(
    'no-limit',
    `How much is enough? Write a whole number from ${limits.least} to ${limits.most}.`,
  );
}

function readHours(text: string | null | undefined): Result<number> {
  const typed = text?.trim() ?? '';
  const count = /^\d{1,4}$/.test(typed) ? Number(typed) : -1;
  return count >= hours.least && count <= hours.most
    ? accepted(count)
    : refused(
        'bad-hours',
        `Write whole hours from ${hours.least} to ${hours.most}: 24 is a day, 720 are 30 days.`,
      );
}

export type TeamForm = { lead: string | null; members: string[] };

export function readTeamForm({ values, lists }: Submission): TeamForm {
  return { lead: values['lead'] || null, members: lists['members'] ?? [] };
}
