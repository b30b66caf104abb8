/** Questions to the DNS, where no record is an answer and a silent server is a fault. */
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

export interface Dns {
  /** Canonical names, in lower case. */
  cnames: (name: string) => Promise<string[]>;
  /** Each record as one text, its parts joined as RFC 7208 §3.3 says. */
  texts: (name: string) => Promise<string[]>;
  mailServers: (name: string) => Promise<string[]>;
}

/**
 * Of this computer, or the one at `server`, such as "127.0.0.1:5353". Asked twice, then given up.
 * @throws Error where `server` is no address
 */
export function openDns(server?: string): Dns {
  const resolver = new Resolver({ timeout: 1_500, tries: 2 });
  if (server !== undefined) point(resolver, server);
  const cnames = asking('CNAME', (name) => resolver.resolveCname(name));
  const texts = asking('TXT', (name) => resolver.resolveTxt(name));
  const servers = asking('MX', (name) => resolver.resolveMx(name));
  return {
    cnames: async (name) => (await cnames(name)).map(canonical),
    texts: async (name) => (await texts(name)).map((parts) => parts.join('')),
    mailServers: async (name) => (await servers(name)).map(({ exchange }) => canonical(exchange)),
  };
}

const empty = async (): Promise<string[]> => [];
/** No server, and so no records. */
export const nowhere: Dns = { cnames: empty, texts: empty, mailServers: empty };

const asking =
  <Record>(kind: string, ask: (name: string) => Promise<Record[]>) =>
  (name: string): Promise<Record[]> =>
    ask(name).catch((cause: unknown) => none(kind, name, cause));

/** Checked before Node sees it, which takes port 99999 for another and ends itself at port 0. */
function point(resolver: Resolver, server: string): void {
  const [, six, four, port = '53'] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(server) ?? [];
  if (!isIP(six ?? four ?? '') || Number(port) < 1 || Number(port) > 65_535)
    throw new Error(`--dns needs the address of a DNS server, such as 127.0.0.1:5353, not "${server}"`);
  resolver.setServers([server]);
}

const canonical = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** c-ares' word for no such name, and for a name without such a record. */
const NONE = new Set(['ENOTFOUND', 'ENODATA']);

const WHY: Record<string, string> = {
  ETIMEOUT: 'the DNS server does not answer',
  ESERVFAIL: 'the DNS server failed (SERVFAIL): often a broken DNSSEC signature or zone',
  ECONNREFUSED: 'no DNS server can be reached from here',
  EREFUSED: 'the DNS server refuses to answer',
};

function none(kind: string, name: string, cause: unknown): never[] {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  if (NONE.has(code)) return [];
  const error = new Error(`${kind} of ${name}: ${WHY[code] ?? code}`, { cause });
  throw Object.assign(error, { name: `DNS ${code}` });
}
