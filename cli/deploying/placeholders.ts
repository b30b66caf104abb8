/** What still is in the settings as the example has it: fine to try things with, and nothing to deploy. */
import { domainOf, isReserved } from '../../lambdas/core/sender';
import type { Settings } from '../../lambdas/core/settings';

type Fields = Pick<Settings, 'sender' | 'postalAddress' | 'site'>;

/** As newsletter.example.json has it. */
export const isExamples = (postalAddress: string): boolean =>
  /1 Example Street|Example Town/i.test(postalAddress);

/** A line for each field. */
export function placeholders({ sender, postalAddress, site }: Fields): string[] {
  const domain = domainOf(sender.address);
  const host = new URL(site).hostname;
  return [
    ...(isReserved(domain)
      ? [
          `sender.address: ${domain} is reserved for examples. Use a domain whose DNS you control, such as "digest@your-domain.org"`,
        ]
      : []),
    ...(isExamples(postalAddress)
      ? [
          'postalAddress: is the example\'s. Use your own, such as "Ada Lovelace, 12 St James\'s Square, London"',
        ]
      : []),
    ...(isReserved(host) || host === '127.0.0.1'
      ? [
          `site: ${host} is reserved for examples. Use the address your site will have, such as "https://papers.your-domain.org"`,
        ]
      : []),
  ];
}
