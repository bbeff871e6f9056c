import type { PictureType, StoredFile } from './state/files.ts';
import type { World } from './world.ts';

const pretty: Record<PictureType, string> = { png: 'PNG', jpg: 'JPEG', gif: 'GIF' };

/** What a browser is told that the bytes are. */
export function mimeTypeOf({ picture }: StoredFile): string {
  if (picture === null) return 'application/octet-stream';
  return picture === 'jpg' ? 'image/jpeg' : `image/${picture}`;
}

/** The two addresses by which a block may name a file; both have its id in them. */
export function addressesOf(
  { workspace }: World,
  { id, name }: StoredFile,
): { private: string; link: string } {
  const file = encodeURIComponent(name.toLowerCase());
  return {
    private: `https://files.slack.com/files-pri/${workspace.team.id}-${id}/${file}`,
    link: `https://${workspace.team.domain}.slack.com/files/${workspace.bot.user_id}/${id}/${file}`,
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

/** A file as Slack's files.* methods show it. It is private: no channel has it. */
export function fileObject(world: World, file: StoredFile): Record<string, unknown> {
  const { workspace } = world;
  const { private: url_private, link: permalink } = addressesOf(world, file);
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: mimeTypeOf(file),
    filetype: file.picture ?? 'binary',
    pretty_type: file.picture === null ? 'Binary' : pretty[file.picture],
    user: workspace.bot.user_id,
    user_team: workspace.team.id,
    size: file.size,
    mode: 'hosted',
    alt_txt: file.alt_text,
    editable: false,
    is_external: false,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private,
    url_private_download: url_private.replace(`${file.id}/`, `${file.id}/download/`),
    permalink,
    channels: [],
    groups: [],
    ims: [],
    comments_count: 0,
    has_rich_preview: false,
  };
}
