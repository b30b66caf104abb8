/** What SES reports as evidence: which facts prove that it took a mail, and whom an event is about. */
import type { Address } from '../../lambdas/core/address';
import { concerns, Fact, factOf, matters, proveAcceptance } from '../../lambdas/core/feedback';
import { subscriberIdOf } from '../../lambdas/core/identity';
import { SesEvent } from '../../lambdas/core/ses-event';
import { bounce, complaint, eventOf } from '../events';
import { keys } from '../mails';

test.each(Fact.options.map((fact) => [fact, fact !== 'rejected'] as const))(
  'that a mail was %s proves that SES took it: %s',
  (fact, proves) => {
    expect(proveAcceptance([fact])).toBe(proves);
    expect(proveAcceptance(['rejected', fact])).toBe(proves);
  },
);

test('silence proves nothing', () => {
  expect(proveAcceptance([])).toBe(false);
});

const event = (eventType: string, more: object = {}): SesEvent =>
  SesEvent.parse(eventOf(eventType, 'ada', 'ada@example.org', more));

test.each<[eventType: string, more: object, fact: Fact | undefined]>([
  ['Send', {}, 'sent'],
  ['Delivery', {}, 'delivered'],
  ['DeliveryDelay', {}, 'delayed'],
  ['Reject', {}, 'rejected'],
  ['Complaint', complaint('ada@example.org'), 'complained'],
  ['Open', {}, 'opened'],
  ['Click', {}, 'clicked'],
  ['Bounce', bounce('Permanent', 'ada@example.org'), 'bounced'],
  ['Bounce', bounce('Transient', 'ada@example.org'), 'soft-bounced'],
  ['Subscription', {}, undefined],
  ['Rendering Failure', {}, undefined],
  ['send', {}, undefined],
])('%s %j is the fact %s', (eventType, more, fact) => {
  expect(factOf(event(eventType, more))).toBe(fact);
});

test('only bounces and complaints can change a reader’s standing', () => {
  expect(Fact.options.filter(matters)).toEqual(['soft-bounced', 'bounced', 'complained']);
});

const [ada, grace] = ['ada@example.org', 'grace@example.org'];
const id = subscriberIdOf(ada as Address, keys);

test.each<[what: string, event: object, isHers: boolean]>([
  ['a mail to her', eventOf('Delivery', id, ada), true],
  ['a mail to her, in capitals', eventOf('Delivery', id, 'ADA@EXAMPLE.ORG'), true],
  ['a mail to somebody else under her tag', eventOf('Delivery', id, grace), false],
  ['her bounce', eventOf('Bounce', id, ada, bounce('Permanent', ada)), true],
  ['one bounce of several', eventOf('Bounce', id, ada, bounce('Permanent', grace, ada)), true],
  [
    'the bounce of somebody else, of a mail to her',
    eventOf('Bounce', id, ada, bounce('Permanent', grace)),
    false,
  ],
  ['her complaint', eventOf('Complaint', id, ada, complaint(ada)), true],
  [
    'the complaint of somebody else, of a mail to her',
    eventOf('Complaint', id, ada, complaint(grace)),
    false,
  ],
  ['what is no address', eventOf('Bounce', id, ada, bounce('Permanent', 'ada at example')), false],
  ['nobody', eventOf('Bounce', id, ada, bounce('Permanent')), false],
])('%s is about her: %s', (_, about, isHers) => {
  expect(concerns(SesEvent.parse(about), id, keys)).toBe(isHers);
});
