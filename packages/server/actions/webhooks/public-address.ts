// SPDX-License-Identifier: Apache-2.0
// Which addresses we send to: https on the public network. An address inside could reach what only this machine should,
// so the name is checked when it is given, and every address it stands for is checked again when we connect.
import { BlockList, isIP } from 'node:net';

const inside = new BlockList();
for (const [network, prefix] of [
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
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address is one of the public network. IPv4 inside IPv6 is looked at as IPv4. */
export function isPublic(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const kind = isIP(mapped ?? address);
  if (kind === 0) return false;
  if (kind === 6 && /^::ffff:/i.test(address)) return false;
  return !inside.check(mapped ?? address, kind === 4 ? 'ipv4' : 'ipv6');
}

/** Why we do not send to a URL, in a few words; null when we do. */
export function problemOfAddress(text: string, allowsInside: boolean): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'it is no URL';
  }
  if (url.username !== '' || url.password !== '') return 'it holds a name or password';
  if (allowsInside) return ['https:', 'http:'].includes(url.protocol) ? null : 'it is not https';
  if (url.protocol !== 'https:') return 'it is not https';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPublic(host) ? null : 'it lies inside a private network';
  if (/(^|\.)(localhost|local|internal|intranet|home\.arpa|lan)$/i.test(host) || !host.includes('.'))
    return 'it lies inside a private network';
  return null;
}
