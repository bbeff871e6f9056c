import { BlockList, isIP } from 'node:net';

/** What is not reached from everywhere, by IANA's registries of special addresses: own, private, shared, reserved. */
const special4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Of IPv6 only this is reached from everywhere, ... */
const global6: [string, number] = ['2000::', 3];
/** ... without what stands for addresses of IPv4, which may be private ones, and what is kept for other uses. */
const special6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const not4 = new BlockList();
for (const [net, prefix] of special4) not4.addSubnet(net, prefix, 'ipv4');
const only6 = new BlockList();
only6.addSubnet(...global6, 'ipv6');
const not6 = new BlockList();
for (const [net, prefix] of special6) not6.addSubnet(net, prefix, 'ipv6');

/**
 * Whether an address is one of the public internet. Addresses of this machine, of private networks, of a link (where clouds
 * keep their metadata), and IPv6 ones that carry an address of IPv4 are not.
 */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !not4.check(address, 'ipv4');
  // An address with a zone ("fe80::1%eth0") is one of a link.
  if (family !== 6 || address.includes('%')) return false;
  return only6.check(address, 'ipv6') && !not6.check(address, 'ipv6');
}
