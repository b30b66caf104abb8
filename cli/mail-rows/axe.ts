/** What axe-core finds wrong on a page for people who read by ear, by keyboard or with weak eyes. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** By the rules that axe runs of itself, and by WCAG 2.2 §2.5.8, targets of 24 pixels. A line for each element. */
export async function violationsOn(page: Page, without: readonly string[] = []): Promise<string[]> {
  const off = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const rules = { 'target-size': { enabled: true }, ...off };
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(`${axe.source};0`);
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run(document, ${JSON.stringify({ rules, resultTypes: ['violations'] })})`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any: [first] }) => `${id}: ${html.slice(0, 60)} ${first?.message ?? ''}`.trim()),
  );
}
