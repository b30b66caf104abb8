/** What still stands in newsletter.json as it came with the project: fine to try things with, and nothing to deploy. */
import { domainOf, isReserved } from '../../lambdas/core/sender';
import type { Settings } from '../../lambdas/core/settings';

type Fields = Pick<Settings, 'sender' | 'postalAddress' | 'site'>;

/** As newsletter.json has it. */
export const isExamples = (postalAddress: string): boolean =>
  /1 Example Street|Example Town/i.test(postalAddress);

/** A line for each field. */
export function placeholders({ sender, postalAddress, site }: Fields): string[] {
  const domain = domainOf(sender.address);
  const host = new URL(site).hostname;
  return [
    ...(isReserved(domain)
      ? [
          `sender.address: ${domain} is nobody's domain: take one whose DNS you hold, such as "digest@your-domain.org"`,
        ]
      : []),
    ...(isExamples(postalAddress)
      ? [
          'postalAddress: is the example\'s: put your own, such as "Ada Lovelace, 12 St James\'s Square, London"',
        ]
      : []),
    ...(isReserved(host) || host === '127.0.0.1'
      ? [`site: ${host} is nobody's: put where your site will be, such as "https://papers.your-domain.org"`]
      : []),
  ];
}
