/** `npm run bench -- cost`: writes docs/cost.md, and prints the totals. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cdk from '../cdk.json';
import { assumed, billOf, type Pieces, piecesOf, type Template, totalOf } from './cost';
import type { Figure } from './measure';
import { type Allowances, free, prices, PRICES_OF } from './prices';
import units from './units.json';

const ROOT = join(__dirname, '..');
export const PAGE = join(ROOT, 'docs', 'cost.md');
const READERS = [0, 1_000, 100_000, 1_000_000, 10_000_000];

const nothingFree = Object.fromEntries(Object.keys(free).map((what) => [what, 0])) as Allowances;

export async function benchCost(): Promise<Record<string, Figure>> {
  const pieces = piecesOf(synthesised());
  writeFileSync(PAGE, costPage(pieces));
  return Object.fromEntries(
    READERS.map((readers) => {
      const dollars = Number(totalOf(billOf(readers, pieces, free)).toFixed(2));
      return [`dollars${readers}`, { median: dollars, least: dollars, greatest: dollars }];
    }),
  );
}

/** As `npx cdk synth` does it, without the bundles; in a folder without settings, so that they are the example's. */
function synthesised(): Template {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-cost-'));
  try {
    const context = { ...cdk.context, 'aws:cdk:bundling-stacks': [] };
    const env = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context) };
    const cwd = join(ROOT, 'infra');
    execFileSync(process.execPath, ['--import', 'tsx', 'app.ts'], { cwd, env, stdio: 'ignore' });
    const file = readdirSync(folder).find((name) => name.endsWith('.template.json')) ?? '';
    return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Template;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function costPage(pieces: Pieces): string {
  const bills = READERS.map((readers) => billOf(readers, pieces, free));
  const whole = READERS.map((readers) => totalOf(billOf(readers, pieces, nothingFree)));
  const perMail = bills.map((bill, n) => perThousand(totalOf(bill), READERS[n] ?? 0));
  const rows = [
    ...Object.keys(bills[0] ?? {}).map((item) =>
      [item].concat(bills.map((bill) => dollars(bill[item] ?? 0))),
    ),
    ['**together**', ...bills.map((bill) => `**${dollars(totalOf(bill))}**`)],
    ['a thousand digests', ...perMail],
    ['without what is free', ...whole.map(dollars)],
  ];
  return `# What it costs

Written by \`npm run bench -- cost\` from what was measured on ${units.measuredOn} (bench/units.json; \`npm run bench -- scale\` and \`visits\` measure it anew), from list prices of us-east-1 in USD that we looked up on ${PRICES_OF} (bench/prices.ts), and from the pieces in the synthesised template. AWS's prices change, and other regions ask more: hold it against your own bill. No row is a promise.

A weekly edition with ten papers, so ${(52 / 12).toFixed(2)} mails a month to each reader; dollars a month:

${table(['', ...READERS.map((readers) => (readers ? `${readers.toLocaleString('en')} readers` : 'idle'))], rows)}

"Idle" is a stack that nobody reads and that sends nothing, with its schedules running: ${pieces.secrets} secret, ${pieces.queuesPolled} queues that Lambda asks for messages all month (${Math.round((pieces.queuesPolled * assumed.polls) / 1e3)} thousand times, of which a million is free), ${pieces.alarms} metrics in alarms, ${pieces.metrics} metrics of our own, of which ${pieces.metricsAtRest} are written while nothing happens, ${pieces.dashboards} dashboards. What is free is what AWS gives every account every month without end; if other work of the account uses it up, the last row counts.

What is supposed, and not measured:

- Each reader opens ${assumed.pages} page a month, and ${assumed.joinedPercent} of a hundred join in it, each with a form, an invitation, a button and a welcome.
- Units are those of 40,000 readers and of twenty visits, on a machine on which other programs ran too: its processor time is more than it needs be. Sizes of rows are those of test/upgrades, with the hundred bytes that DynamoDB adds.
- Deliveries are kept for ${assumed.months} months, so the tables are those of a newsletter that has run so long; in its first month it has a thirteenth of them.
- All readers live by the newsletter's clock. Each other clock makes a wave, which reads all rows of readers once more: ${dollars(((1e6 * units.rowBytes.subscriber) / 4_096) * (52 / 12) * prices.readUnit)} a month for a wave and a million readers.
- SES answers within 60 ms and DynamoDB within 5 ms; a function of 512 MB has 0.29 of a core. SES's rate is high enough: at 14 mails a second, where accounts begin, a million readers would take twenty hours, and an edition may be late by 36.
- Lambda writes ${assumed.runLog} bytes of its own about a run, and API Gateway ${assumed.requestLog} about a request. No line is written per mail.
- SES asks for data by the gigabyte only in attachments, which a digest has none of. Data to the internet (${Math.round(100 * 0.03)} MB for a thousand pages) is within what is free.
- No tax, no Route 53 zone (0.50), no support plan.
`;
}

const dollars = (amount: number): string =>
  amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const perThousand = (total: number, readers: number): string =>
  readers ? ((1_000 * total) / ((readers * 52) / 12)).toFixed(3) : '';

/** Columns as Prettier has them, numbers to the right. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, n) => Math.max(4, ...[head, ...rows].map((row) => row[n]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, n) => (n ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, n) => (n ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
