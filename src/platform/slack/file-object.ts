import { z } from 'zod';

/** A file that somebody attached in a modal, as far as it is read; Slack keeps the bytes. */
export type SlackFile = z.output<typeof slackFile>;

const slackFile = z.object({
  id: z.string().regex(/^F[A-Z0-9]+$/),
  name: z.string().min(1).max(255).catch('file'),
  /** In bytes, as Slack says; absent while it is still taking the file in. */
  size: z.number().int().nonnegative().optional(),
  url_private: z.url().optional(),
  url_private_download: z.url().optional(),
});

/** What stands in a `file_input`; what is no file of Slack's is left out. */
export function readFiles(raw: readonly unknown[]): SlackFile[] {
  return raw.flatMap((one) => {
    const read = slackFile.safeParse(one);
    return read.success ? [read.data] : [];
  });
}
