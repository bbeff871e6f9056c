import type { FileInput } from '../blocks/elements.ts';
import { fileObject } from '../file-object.ts';
import { extensionOf } from '../file-types.ts';
import { limits } from '../limits.ts';
import { CannotDo } from '../refusal.ts';
import type { StoredFile } from '../state/files.ts';
import type { User } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { actor } from './person.ts';

/** A person chooses a file in a form: it is uploaded at once, and whoever sends the form off sends it along. */
export function attach(world: World, as: string, name: string, bytes: Buffer): StoredFile {
  const user = actor(world, as);
  if (name.trim() === '') throw new CannotDo('a file has a name');
  if (bytes.length === 0) throw new CannotDo(`${name} is empty`);
  return world.files.attach({ user: user.id, name }, bytes);
}

/** What a file_input holds: files that this person has attached, as many and of the types that it takes. */
export function attachedFiles(
  world: World,
  user: User,
  { filetypes = [], max_files = limits.element.files }: FileInput,
  ids: readonly unknown[],
): Record<string, unknown>[] {
  if (ids.length > max_files) throw new CannotDo(`no more than ${max_files} files can be attached here`);
  return ids.map((id) => {
    const file = typeof id === 'string' ? world.files.findComplete(id) : undefined;
    if (file?.user !== user.id) throw new CannotDo(`${user.name} has attached no file ${JSON.stringify(id)}`);
    const allowed = filetypes.map((type) => type.toLowerCase());
    if (allowed.length > 0 && !allowed.includes(extensionOf(file.name)))
      throw new CannotDo(`${file.name} cannot be attached here: ${allowed.join(', ')} can`);
    return fileObject(world, file);
  });
}
