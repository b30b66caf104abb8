/** Networks: whom a limit counts as one visitor, and what a record may hold of where somebody was. */

/** An IPv4 address as it is, an IPv6 address cut to its /64: the smallest block a provider hands out. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const end = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : 8 - groups.length - end.length;
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...end];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** A network cut to what names no household: IPv4 to its /24, IPv6 to its /48. */
export function neighbourhoodOf(address: string): string {
  const network = networkOf(address);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(network)) return network.replace(/\d+$/, '0/24');
  return network.includes(':') ? `${network.split(':').slice(0, 3).join(':')}::/48` : network;
}
