/** Robots at the form: what they post from where, and how many mails may come of it. */

/** Lower than anybody's, so that a flood of a dozen posts is over all of them. */
export const limits = { invitationsPerAddress: 3, invitationsPerNetwork: 4, invitations: 8 };

export interface Flood {
  what: string;
  posts: number;
  /** Where the nth post comes from, as the gateway sees it. */
  network: (n: number) => string;
  email: (n: number) => string;
  headers?: (n: number) => Record<string, string>;
  mails: number;
}

/** A network of IPv4 for each number up to 65,536. */
export const network = (n: number): string => `198.18.${n >> 8}.${n & 255}`;

/** More posts than the tests need, such as 10,000, take minutes. */
const POSTS = Number(process.env['FLOOD'] ?? 16);

const listBombing: Flood[] = [1, 4, POSTS].map((networks) => ({
  what: `ever new addresses from ${networks} networks`,
  posts: POSTS,
  network: (n) => network(n % networks),
  email: (n) => `new${n}of${networks}@example.org`,
  mails: networks === 1 ? limits.invitationsPerNetwork : limits.invitations,
}));

const SPELLINGS = ['Bombed@Example.org', 'bombed@example.org', 'BOMBED@EXAMPLE.ORG'];

export const floods: readonly Flood[] = [
  ...listBombing,
  {
    what: 'one mailbox in any spelling, from everywhere',
    posts: 6,
    network,
    email: (n) => SPELLINGS[n % SPELLINGS.length] ?? '',
    mails: limits.invitationsPerAddress,
  },
  {
    what: 'one mailbox from one network',
    posts: 12,
    network: () => network(1),
    email: () => 'same@example.org',
    mails: limits.invitationsPerAddress,
  },
  {
    what: 'a network that says in headers that it is another each time',
    posts: 12,
    network: () => network(2),
    email: (n) => `header${n}@example.org`,
    headers: (n) => ({
      'x-forwarded-for': network(n),
      forwarded: `for=${network(n)}`,
      'x-real-ip': network(n),
      'cf-connecting-ip': network(n),
      'true-client-ip': network(n),
    }),
    mails: limits.invitationsPerNetwork,
  },
  {
    what: 'all the addresses that a household of IPv6 has',
    posts: 12,
    network: (n) => `2001:db8:1:2::${n.toString(16)}`,
    email: (n) => `household${n}@example.org`,
    mails: limits.invitationsPerNetwork,
  },
  {
    what: 'one address of IPv6 in ever new spellings',
    posts: 12,
    network: (n) => ['2001:db8:1:3::1', '2001:DB8:1:3::1', '2001:0db8:0001:0003:0:0:0:1'][n % 3] ?? '',
    email: (n) => `spelled${n}@example.org`,
    mails: limits.invitationsPerNetwork,
  },
  {
    what: 'one address of IPv4, half of the time as IPv6',
    posts: 12,
    network: (n) => (n % 2 === 0 ? network(3) : `::ffff:${network(3)}`),
    email: (n) => `mapped${n}@example.org`,
    mails: limits.invitationsPerNetwork,
  },
  {
    what: 'ever new households of IPv6',
    posts: 12,
    network: (n) => `2001:db8:2:${n.toString(16)}::1`,
    email: (n) => `street${n}@example.org`,
    mails: limits.invitations,
  },
];
