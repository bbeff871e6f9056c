import { fileTypeOf } from './file-types.ts';
import type { StoredFile } from './state/files.ts';
import type { World } from './world.ts';

/** What a browser is told that the bytes are. */
export function mimeTypeOf(file: StoredFile): string {
  return fileTypeOf(file).mimetype;
}

type Addresses = { private: string; download: string; link: string };

/**
 * The addresses of a file; all have its id in them. Slack's own are at https://files.slack.com, which is nobody's
 * here: the fake serves them itself.
 */
export function addressesOf({ workspace, connection }: World, { id, user, name }: StoredFile): Addresses {
  const file = encodeURIComponent(name.toLowerCase());
  const place = `${connection.publicUrl()}/files-pri/${workspace.team.id}-${id}`;
  return {
    private: `${place}/${file}`,
    download: `${place}/download/${file}`,
    link: `https://${workspace.team.domain}.slack.com/files/${user || workspace.bot.user_id}/${id}/${file}`,
  };
}

/** Whether a block may name this file: it must be uploaded, complete and a picture. */
export function isPicture(world: World, reference: { id?: unknown; url?: unknown }): boolean {
  const url = typeof reference.url === 'string' ? reference.url : '';
  const id = reference.id ?? /F[A-Z0-9]{8,}/.exec(url)?.[0];
  const file = typeof id === 'string' ? world.files.findComplete(id) : undefined;
  if (file === undefined || file.picture === null) return false;
  return reference.id !== undefined || Object.values(addressesOf(world, file)).includes(url);
}

/** A file as Slack shows it: in answers of its files.* methods, in messages and in submitted modals. */
export function fileObject(world: World, file: StoredFile): Record<string, unknown> {
  const { workspace } = world;
  const { private: url_private, download: url_private_download, link: permalink } = addressesOf(world, file);
  const places = file.channels.flatMap((id) => workspace.channels.get(id) ?? []);
  const idsOf = (kind: 'channel' | 'im', is_private: boolean) =>
    places.filter((it) => it.kind === kind && it.is_private === is_private).map(({ id }) => id);
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    ...fileTypeOf(file),
    user: file.user || workspace.bot.user_id,
    user_team: workspace.team.id,
    size: file.size,
    mode: 'hosted',
    alt_txt: file.alt_text,
    editable: false,
    is_external: false,
    external_type: '',
    is_public: idsOf('channel', false).length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private,
    url_private_download,
    permalink,
    channels: idsOf('channel', false),
    groups: idsOf('channel', true),
    ims: idsOf('im', true),
    comments_count: 0,
    has_rich_preview: false,
  };
}
