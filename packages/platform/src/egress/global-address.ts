import { BlockList, isIP } from "node:net";

/** Address blocks that are not the public internet (IANA special-purpose registries, RFC 6890 and its updates). */
const special = new BlockList();
for (const [prefix, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  special.addSubnet(prefix, bits, "ipv4");
for (const [prefix, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  special.addSubnet(prefix, bits, "ipv6");

const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
const nat64 = new BlockList();
nat64.addSubnet("64:ff9b::", 96, "ipv6");
const mapped = new BlockList();
mapped.addSubnet("::ffff:0:0", 96, "ipv6");

/**
 * Whether an address is on the public internet. IPv6 that carries IPv4 (mapped, NAT64) is judged by what it carries; everything
 * else outside 2000::/3 (loopback, link-local, unique local, multicast) is not.
 */
export function isGlobalAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, "ipv4");
  if (family !== 6 || address.includes("%")) return false;
  const groups = groupsOf(address);
  if (isIn(mapped, groups) || isIn(nat64, groups)) return isGlobalAddress(lastIpv4(groups));
  return isIn(globalUnicast, groups) && !isIn(special, groups);
}

function isIn(list: BlockList, groups: readonly number[]): boolean {
  return list.check(groups.map((group) => group.toString(16)).join(":"), "ipv6");
}

function lastIpv4(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6);
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** The eight groups of an IPv6 address in any of its notations. */
function groupsOf(address: string): readonly number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text = dotted
    ? address.slice(0, dotted.index) +
      [(Number(dotted[1]) * 256 + Number(dotted[2])).toString(16), (Number(dotted[3]) * 256 + Number(dotted[4])).toString(16)].join(":")
    : address;
  const [head = "", tail] = text.split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const filler = tail === undefined ? [] : new Array<string>(8 - front.length - back.length).fill("0");
  return [...front, ...filler, ...back].map((group) => Number.parseInt(group, 16));
}
