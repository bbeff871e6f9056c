import { isWebAddress, longest, most } from '../../features/ownership/core/rock-fields.ts';
import { isMap } from '../../platform/file/entries.ts';
import type { Entity } from './backstage-read.ts';
import { cut } from './foreign.ts';

type Link = { label: string; url: string };

/** The links of an entity, its own and those of its annotations, as many as a rock can have. */
export function linksOf({ metadata }: Entity): Link[] {
  const own = Array.isArray(metadata['links']) ? metadata['links'] : [];
  const links = own.flatMap((link: unknown): Link[] => {
    if (!isMap(link) || typeof link['url'] !== 'string') return [];
    const { title, url } = link;
    const label = typeof title === 'string' && title.trim() !== '' ? title : hostOf(url);
    return [{ label: cut(label, longest.linkLabel), url: url.trim() }];
  });
  const annotations = isMap(metadata['annotations']) ? metadata['annotations'] : {};
  const told = (name: string): string | null => {
    const value = annotations[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const url = (name: string): string | null => told(name)?.replace(/^url:/, '') ?? null;
  const under = (host: string, path: string | null): string | null =>
    path !== null && /^[\w./-]+$/.test(path) ? `https://${host}/${path}` : null;
  const more: [string, string | null][] = [
    ['Source', url('backstage.io/source-location')],
    ['View', url('backstage.io/view-url')],
    ['GitHub', under('github.com', told('github.com/project-slug'))],
    ['GitLab', under(told('gitlab.com/instance') ?? 'gitlab.com', told('gitlab.com/project-slug'))],
    ['Docs', url('backstage.io/techdocs-ref')],
  ];
  for (const [label, address] of more) {
    if (address !== null && !links.some((link) => link.url === address)) links.push({ label, url: address });
  }
  const readable = links.filter((link) => isWebAddress(link.url) && link.url.length <= longest.linkUrl);
  return readable.slice(0, most.links);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host || url : url;
}
