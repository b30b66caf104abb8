/** What SES reports after it took a mail, as EventBridge hands it over; the simulator's addresses bounce and complain. */
import { randomUUID } from 'node:crypto';

export interface Accepted {
  messageId: string;
  from: string;
  recipients: string[];
  tags: Record<string, string>;
  at: Date;
}

/** EventBridge's envelope around SES's event. */
export interface SesEvent {
  id: string;
  source: 'aws.ses';
  'detail-type': string;
  time: string;
  detail: Record<string, unknown> & { eventType: string };
}

/** https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html, also with a label: bounce+1@… */
const SIMULATOR = /^(success|bounce|ooto|complaint|suppressionlist)(\+[^@]*)?@simulator\.amazonses\.com$/i;

/** Which of the simulator's addresses it is; undefined for anybody else's, where mail arrives. */
export const fateOf = (recipient: string): string | undefined =>
  SIMULATOR.exec(recipient)?.[1]?.toLowerCase();

/** The events of a mail in the order SES sends them: Send, and then what became of it. */
export function eventsOf(mail: Accepted): SesEvent[] {
  const [recipient = ''] = mail.recipients;
  const recipients = mail.recipients.map((emailAddress) => ({ emailAddress }));
  const timestamp = mail.at.toISOString();
  const bounce = (bounceType: string, bounceSubType: string) =>
    event(mail, 'Bounce', {
      bounce: { bounceType, bounceSubType, bouncedRecipients: recipients, timestamp },
    });
  const delivery = event(mail, 'Delivery', { delivery: { timestamp, recipients: mail.recipients } });
  const sent = event(mail, 'Send', { send: {} });
  switch (fateOf(recipient)) {
    case 'bounce':
      return [sent, bounce('Permanent', 'General')];
    case 'suppressionlist':
      return [sent, bounce('Permanent', 'Suppressed')];
    case 'ooto':
      return [sent, delivery, bounce('Transient', 'General')];
    case 'complaint':
      return [
        sent,
        delivery,
        event(mail, 'Complaint', { complaint: { complainedRecipients: recipients, timestamp } }),
      ];
    case undefined:
    default:
      return [sent, delivery];
  }
}

const NAMES: Record<string, string> = {
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  Delivery: 'Email Delivered',
  Send: 'Email Sent',
};

function event(
  { messageId, from, recipients, tags, at }: Accepted,
  eventType: string,
  more: object,
): SesEvent {
  const lists = Object.entries(tags).map(([name, value]) => [name, [value]]);
  const mail = {
    timestamp: at.toISOString(),
    messageId,
    source: from,
    destination: recipients,
    tags: Object.fromEntries(lists) as object,
  };
  return {
    id: randomUUID(),
    source: 'aws.ses',
    'detail-type': NAMES[eventType] ?? eventType,
    time: at.toISOString(),
    detail: { eventType, mail, ...more },
  };
}
