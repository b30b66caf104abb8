/** The table of all rows by all mails: real mails of a world, and those of a newsletter with a look of its own. */
import { checkMail, type Checked } from '../../cli/check-mail';
import { rows } from '../../cli/mail-rows';
import type { Verdict } from '../../cli/mail-rows/verdict';
import { linkMail, newAddressMail, takenMail } from '../../templates/preferences-mails';
import type { SentMail } from '../every-mail';
import { ada as adasAddress, adasDigest, adasGoodbye, adasRefusal, samplePapers, settings } from '../mails';

/** Rows that a file can't answer: the site, the DNS and SES do, and the tests below where it is this machine. */
const ELSEWHERE = [2, 4, 8, 15];
/** Rows that only what goes to many is asked. */
const OF_BULK = [5, 6, 22];
const OF_SUBSCRIBERS = [1, 10];

const tables = new Map<string, Checked[]>();

/** Checks a mail, and keeps what came of it for the table of all. */
async function checkedAs(name: string, bytes: Buffer, newsletter = settings): Promise<Checked[]> {
  const checked = await checkMail(bytes, newsletter);
  tables.set(name, checked);
  return checked;
}

const rowsThat = (outcome: Verdict['outcome'], checked: readonly Checked[]): number[] =>
  checked.filter((one) => one.outcome === outcome).map(({ row }) => row);

/** By what they are, and the rows that they are not asked. */
const REAL: [name: string, notAsked: number[]][] = [
  ['invitation', [...OF_SUBSCRIBERS, ...OF_BULK]],
  ['question', [...OF_SUBSCRIBERS, ...OF_BULK]],
  ['refusal', [...OF_SUBSCRIBERS, ...OF_BULK]],
  ['welcome', OF_BULK],
  ['goodbye', [...OF_SUBSCRIBERS, ...OF_BULK]],
  ['digest', []],
  ['personal digest', []],
  ['digest of a quiet week', []],
  ['link to preferences', [...OF_SUBSCRIBERS, ...OF_BULK]],
  ['new address', [...OF_SUBSCRIBERS, ...OF_BULK]],
  ['address taken', [...OF_SUBSCRIBERS, ...OF_BULK]],
];

const LOOK = {
  ...settings,
  brand: {
    accent: '#0b57d0',
    logo: { url: 'https://papers.example.org/logo.png', alt: 'Paperboy' },
    footer: 'Made by us, for free.',
  },
};

const BRANDED: [name: string, raw: (newsletter: typeof settings) => string | Promise<string>][] = [
  ['a refusal', adasRefusal],
  ['a goodbye', adasGoodbye],
  ['the link to the preferences', (newsletter) => linkMail(adasAddress, 'k1', newsletter)],
  [
    'a question to a new address',
    (newsletter) =>
      newAddressMail(adasAddress, { token: 'k1', from: 'jgv8fQNpa4Lpvo-qYv3nnoq3' }, newsletter),
  ],
  ['that an address is taken', (newsletter) => takenMail(adasAddress, 'k1', newsletter)],
  ['a digest', (newsletter) => adasDigest(samplePapers.slice(0, 10), 61, newsletter)],
  ['a digest of a quiet week', (newsletter) => adasDigest(samplePapers.slice(0, 2), 2, newsletter)],
];

const SIGNS: Record<Verdict['outcome'], string> = {
  ok: 'ok',
  failed: 'FAILED',
  'not asked': '.',
  'not offline': 'live',
  'not checked': 'no tool',
};

/** Each passes every row it is asked. */
export function testMails(mails: () => ReadonlyMap<string, SentMail>): void {
  test.each(REAL)('the %s of a real reader passes every row it is asked', async (name, notAsked) => {
    const checked = await checkedAs(name, mails().get(name)?.raw ?? Buffer.of());
    expect(checked.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(checked).toHaveLength(25);
    expect(rowsThat('not offline', checked)).toEqual(ELSEWHERE);
    expect(rowsThat('not asked', checked)).toEqual(notAsked.toSorted((a, b) => a - b));
    expect(rowsThat('not checked', checked)).toEqual([]);
  });

  test.each(BRANDED)(
    '%s of a newsletter with a logo and a colour of its own passes too',
    async (name, raw) => {
      const checked = await checkedAs(name, Buffer.from(await raw(LOOK), 'latin1'), LOOK);
      expect(checked.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    },
  );

  test('all of our mails, by all rows', () => {
    const names = [...tables.keys()];
    const wide = Math.max(...rows.map(({ asks }) => asks.length));
    const lines = rows.map(({ asks }, n) => {
      const signs = names.map((name) => SIGNS[tables.get(name)?.[n]?.outcome ?? 'not checked'].padEnd(7));
      return `${String(n + 1).padStart(2)}  ${asks.padEnd(wide)}  ${signs.join(' ')}`;
    });
    const legend = names.map((name, n) => `${n + 1} ${name}`).join(', ');
    const heads = names.map((_, n) => String(n + 1).padEnd(7)).join(' ');
    console.info([legend, `${' '.repeat(wide + 6)}${heads}`, ...lines, ...elsewhere()].join('\n'));
    expect(names).toHaveLength(REAL.length + BRANDED.length);
  });
}

/** Where the rows are looked at that a file can't answer. */
export const elsewhere = (): string[] =>
  (tables.get('digest') ?? [])
    .filter(({ outcome }) => outcome === 'not offline')
    .map(({ row, why }) => `live: row ${row}, ${why}`);
