/** SES's rules for every mail of this newsletter, and what SES reports of each. */
import * as z from 'zod/mini';
import { variable } from './environment';
import { askVersionTwo } from './ses-v2';

export interface ConfigurationSet {
  name: string;
  /** REQUIRE or OPTIONAL. */
  tls: string;
  /** What some event destination that is on hears of, such as SEND or DELIVERY_DELAY. */
  events: Set<string>;
}

const Rules = z.object({
  DeliveryOptions: z.prefault(z.object({ TlsPolicy: z._default(z.string(), 'OPTIONAL') }), {}),
});
const Destinations = z.object({
  EventDestinations: z._default(
    z.array(z.object({ Enabled: z._default(z.boolean(), false), MatchingEventTypes: z.array(z.string()) })),
    [],
  ),
});

/**
 * Of the set that mails are sent by; undefined where there is none of its name. Version 1 of SES's API has no word for
 * destinations on EventBridge's bus, nor for reports of delays.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSetEventDestinations.html
 */
export async function configurationSet(): Promise<ConfigurationSet | undefined> {
  const name = variable('CONFIGURATION_SET');
  const path = `/v2/email/configuration-sets/${encodeURIComponent(name)}`;
  try {
    const { DeliveryOptions } = Rules.parse(await askVersionTwo(path));
    const { EventDestinations } = Destinations.parse(await askVersionTwo(`${path}/event-destinations`));
    const heard = EventDestinations.filter(({ Enabled }) => Enabled);
    const events = new Set(heard.flatMap(({ MatchingEventTypes }) => MatchingEventTypes));
    return { name, tls: DeliveryOptions.TlsPolicy, events };
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  }
}
