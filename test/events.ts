/** What SES reports, as EventBridge hands it over; see SES's pages on event data. */

/** The edition whose mails the events are about, unless they say another. */
export const EDITION = 'weekly-2025-W11';

export const eventOf = (
  eventType: string,
  subscriberId: string,
  destination: string,
  more: object = {},
  tags: object = {},
) => ({
  source: 'aws.ses',
  detail: {
    eventType,
    mail: {
      messageId: 'm',
      destination: [destination],
      tags: {
        edition: [EDITION],
        subscriber: [subscriberId],
        'ses:configuration-set': ['paperboy'],
        ...tags,
      },
    },
    ...more,
  },
});

export const bounce = (bounceType: string, ...addresses: string[]) => ({
  bounce: {
    bounceType,
    bounceSubType: 'General',
    bouncedRecipients: addresses.map((emailAddress) => ({ emailAddress })),
  },
});

export const complaint = (...addresses: string[]) => ({
  complaint: {
    complaintSubType: null,
    complainedRecipients: addresses.map((emailAddress) => ({ emailAddress })),
  },
});
