import type { z } from 'zod';
import { form, readEntry } from '../../platform/file/entries.ts';
import { channel, text, whole } from '../../platform/file/fields.ts';
import { type Finding, shown } from '../../platform/file/finding.ts';

/** The hours after which what somebody who left carried may be released. */
const mostHours = 720;

const settingsForm = form({
  backpack_limit: whole(1, 500, 'limit').optional(),
  release_after: hours().optional(),
  product_operations: channel().optional(),
  leaders: channel().optional(),
});

/** What a file says of the workspace's settings; what is absent stays as it is. */
export type SettingsEntry = {
  backpackLimit?: number | undefined;
  releaseAfterHours?: number | undefined;
  /** Names of channels, without the `#`. */
  productOperations?: string | undefined;
  leaders?: string | undefined;
};

/** Reads `settings`; null when the file has none. */
export function readSettings(raw: unknown, findings: Finding[]): SettingsEntry | null {
  if (raw === undefined || raw === null) return null;
  const { whole: fields } = readEntry(settingsForm, raw, ['settings'], findings);
  if (fields === null) return null;
  const { backpack_limit, release_after, product_operations, leaders } = fields;
  return {
    backpackLimit: backpack_limit,
    releaseAfterHours: release_after,
    productOperations: product_operations,
    leaders,
  };
}

function hours(): z.ZodPipe<z.ZodType<string>, z.ZodTransform<number, string>> {
  return text(40)
    .refine((value) => /^PT\d{1,3}H$/.test(value) && Number(value.slice(2, -1)) <= mostHours, {
      error: ({ input }) => `${shown(input)} is not a time of at most ${mostHours} hours; write it as PT24H`,
    })
    .transform((value) => Number(value.slice(2, -1)));
}
