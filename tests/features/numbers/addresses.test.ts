import { describe, expect, it } from 'vitest';
import { isPublic } from '../../../src/features/numbers/addresses.ts';

describe('an address of', () => {
  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '127.255.255.254'],
    ['this machine', '0.0.0.0'],
    ['this machine', '::1'],
    ['this machine', '::'],
    ['a private network', '10.0.0.1'],
    ['a private network', '172.16.0.1'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['a private network', 'fc00::1'],
    ['a private network', 'fdff::1'],
    ['a private network', 'fec0::1'],
    ["a provider's own network", '100.64.0.1'],
    ["a cloud's metadata", '169.254.169.254'],
    ["a cloud's metadata", 'fd00:ec2::254'],
    ['a link', 'fe80::1'],
    ['a link', 'fe80::1%eth0'],
    ['many', '224.0.0.1'],
    ['many', 'ff02::1'],
    ['all', '255.255.255.255'],
    ['documentation', '203.0.113.9'],
    ['documentation', '2001:db8::1'],
    ['IPv4, mapped', '::ffff:127.0.0.1'],
    ['IPv4, mapped', '::ffff:7f00:1'],
    ['IPv4, mapped', '::ffff:169.254.169.254'],
    ['IPv4, mapped, even a public one', '::ffff:8.8.8.8'],
    ['IPv4, compatible', '::127.0.0.1'],
    ['IPv4, through NAT64', '64:ff9b::7f00:1'],
    ['IPv4, through NAT64 of their own', '64:ff9b:1::a00:1'],
    ['IPv4, through 6to4', '2002:7f00:1::'],
    ['IPv4, through Teredo', '2001:0:7f00:1::'],
    ['nobody', 'bi.example'],
    ['nobody', ''],
    ['nobody', '1.2.3'],
  ])('%s is not public: %s', (_what, address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    'the internet is: %s',
    (address) => {
      expect(isPublic(address)).toBe(true);
    },
  );
});
