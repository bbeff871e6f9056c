/**
 * A web address as it is compared: host and path in order, without scheme, `www.`, query, fragment and
 * trailing slash. Null for what is no http(s) address.
 */
export function placeOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.host.replace(/^www\./, '')}${path}`;
}

/** The place itself and every folder above it, longest first: `a.example/x/y`, `a.example/x`, `a.example`. */
export function placesAbove(place: string): string[] {
  const parts = place.split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}
