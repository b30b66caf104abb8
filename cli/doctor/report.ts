/** The doctor's lines for people and for programs. */
import type { Finding } from './finding';
import type { Line } from './question';

type Outcome = Finding['outcome'];

/** The worst first. */
const outcomes: readonly Outcome[] = ['fail', 'warn', 'ok', 'not asked'];

const count = (lines: readonly Line[], outcome: Outcome): number =>
  lines.filter((line) => line.outcome === outcome).length;

export function asText(lines: readonly Line[]): string {
  const sections = [...new Set(lines.map(({ section }) => section))];
  const widest = Math.max(...lines.map(({ name }) => name.length));
  const paragraphs = sections.map((section) =>
    [section, ...lines.flatMap((line) => (line.section === section ? rows(line, widest) : []))].join('\n'),
  );
  const counts = outcomes.map((outcome) => `${count(lines, outcome)} ${outcome}`);
  return [...paragraphs, counts.join(', ')].join('\n\n');
}

function rows({ name, outcome, found, remedy }: Line, widest: number): string[] {
  const lead = `  ${outcome.padEnd(9)}  ${name.padEnd(widest)}  `;
  return [`${lead}${found}`, ...(remedy === undefined ? [] : [`${' '.repeat(lead.length)}→ ${remedy}`])];
}

/** One object in one line. */
export const asJson = (lines: readonly Line[]): string =>
  JSON.stringify({
    outcome: outcomes.find((outcome) => count(lines, outcome) > 0),
    lines: lines.map(({ section, name, outcome, found, remedy = null }) => ({
      section,
      name,
      outcome,
      found,
      remedy,
    })),
  });
