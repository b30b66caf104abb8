/** The local SES: one server that is the SES v1 Query API (POST /), a little of v2, and the inbox of what it accepted (GET). */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { diskProblem } from './disk';
import type { FarEnd } from './far-end';
import { failed, type Page } from './inbox-layout';
import { inboxPage } from './inbox-pages';
import { close, listen, readBody } from './loopback';
import { openMailbox, storedMails, type Mailbox } from './mailbox';
import { stamped } from './raw-message';
import { accountAnswer, healthy, versionTwo, type Account, type JsonAnswer } from './ses-account';
import { readSend, type Send } from './ses-api';
import { eventsOf, type SesEvent } from './ses-events';
import { openQuota, type Quota } from './ses-quota';
import { openStatistics, type Statistics } from './ses-statistics';
import { answerXml, errorXml, newMessageId, SesError } from './ses-xml';

export interface SesOptions {
  /** Where the mails are kept; see mailbox.ts for the layout. */
  folder: string;
  /** 0 takes any free one. */
  port: number;
  /** Recipients a second (default 1,000) and in any 24 hours (default 1,000,000), as GetSendQuota says them. */
  rate?: number;
  quota?: number;
  /** What goes wrong with this send; asked once the send has passed SES's rules. */
  fault?: (send: FaultySend) => Fault | undefined;
  /** Hears what SES reports, mail by mail, soon after it was accepted. */
  report?: (events: SesEvent[]) => Promise<void>;
  /** What is wrong with the account, if anything. */
  account?: Partial<Account>;
}

export interface FaultySend {
  recipients: string[];
  /** 1 for the first send since the start. */
  count: number;
  tags: Record<string, string>;
}

/**
 * The mail is refused, or with `lost-answer` and `garbage` accepted without a usable answer. An account that SES has
 * paused answers in two ways: `account-paused` as the API reference says, `account-suspended` as senders report.
 */
export type Fault = Refusal | 'lost-answer' | 'garbage';

type Refusal =
  'throttle-rate' | 'throttle-quota' | 'reject' | 'account-paused' | 'account-suspended' | 'unavailable';

const REFUSALS: Record<Refusal, [code: string, message: string, status: number]> = {
  'throttle-rate': ['Throttling', 'Maximum sending rate exceeded.', 400],
  'throttle-quota': ['Throttling', 'Daily message quota exceeded.', 400],
  reject: ['MessageRejected', 'Address blacklisted.', 400],
  'account-paused': ['AccountSendingPausedException', 'Email sending is disabled for your account.', 400],
  'account-suspended': [
    'MessageRejected',
    'Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.',
    400,
  ],
  unavailable: ['ServiceUnavailable', 'The service is temporarily unavailable.', 503],
};

interface Ses {
  folder: string;
  mailbox: Mailbox;
  quota: Quota;
  statistics: Statistics;
  account: Account;
  faultOf: (send: Send) => Fault | undefined;
  report: (events: SesEvent[]) => Promise<void>;
}

/** Starts it on 127.0.0.1; rejects when the port is taken or the folder can't be used. */
export async function startSes(options: SesOptions): Promise<FarEnd> {
  const ses = await openSes(options);
  const server = createServer((request, response) => void serve(ses, request, response));
  const url = await listen(server, options.port);
  return { url, close: () => close(server) };
}

async function openSes({
  folder,
  rate = 1_000,
  quota = 1_000_000,
  fault,
  report = silent,
  account,
}: SesOptions): Promise<Ses> {
  const ses = {
    folder,
    mailbox: await openMailbox(folder),
    quota: openQuota(rate, quota),
    statistics: openStatistics(),
    account: { ...healthy, ...account },
  };
  for await (const { to, at } of storedMails(folder)) {
    ses.quota.count(to.length, new Date(at));
    ses.statistics.count(to, new Date(at));
  }
  let count = 0;
  return { ...ses, report, faultOf: ({ recipients, tags }) => fault?.({ recipients, tags, count: ++count }) };
}

const silent = async (): Promise<void> => {};

async function serve(ses: Ses, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const answer = request.method === 'GET' && versionTwo(ses, request.url ?? '/');
    if (request.method === 'POST' && request.url === '/') await answerCall(ses, request, response);
    else if (answer) sendJson(response, answer);
    else sendPage(response, await inboxPage(ses.folder, request.method ?? 'GET', request.url ?? '/'));
  } catch (error) {
    if (response.destroyed) return; // the caller hung up: nobody is left to answer
    console.error(diskProblem(error, ses.folder) ?? error);
    const message = error instanceof Error ? error.message : String(error);
    if (request.method === 'POST') sendError(response, new SesError('InternalFailure', message, 500));
    else sendPage(response, await failed(500, 'Something went wrong', message));
  }
}

async function answerCall(ses: Ses, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const form = await readForm(request);
    const action = form.get('Action') ?? '';
    if (action === 'SendRawEmail') await answerSend(ses, await readSend(form), response);
    else sendXml(response, 200, answerXml(action, accountAnswer(ses, form)));
  } catch (error) {
    if (!(error instanceof SesError)) throw error;
    sendError(response, error);
  }
}

/** Twice what the largest message takes as base64: larger ones than that can still be refused in SES's words. */
const LARGEST_FORM = 32 * 1024 * 1024;

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const body = await readBody(request, LARGEST_FORM);
  if (!body) throw new SesError('RequestEntityTooLarge', 'Request is too large.', 413);
  return new URLSearchParams(body.toString());
}

async function answerSend(ses: Ses, send: Send, response: ServerResponse): Promise<void> {
  const fault = ses.faultOf(send);
  if (fault !== undefined && isRefusal(fault)) throw new SesError(...REFUSALS[fault]);
  const MessageId = accept(ses, send, new Date());
  if (fault === 'lost-answer') response.destroy();
  else if (fault === 'garbage') response.writeHead(200, { 'content-type': 'text/html' }).end(GARBAGE);
  else sendXml(response, 200, answerXml('SendRawEmail', { MessageId }));
}

const isRefusal = (fault: Fault): fault is Refusal => fault in REFUSALS;

/** What a proxy between us and SES may say. */
const GARBAGE = '<!doctype html><title>OK</title><h1>It works!</h1>';

function accept({ quota, statistics, mailbox, report }: Ses, send: Send, now: Date): string {
  const { raw, from, recipients, subject, tags, configurationSet } = send;
  quota.take(recipients.length, now);
  const messageId = newMessageId(now);
  mailbox.store({
    messageId,
    from,
    to: recipients,
    subject,
    tags,
    raw: stamped(raw, messageId, now),
    at: now,
  });
  statistics.count(recipients, now);
  if (configurationSet !== undefined)
    report(eventsOf({ messageId, from, recipients, tags, at: now })).catch((error: unknown) => {
      console.error("Can't report what became of a mail:", error);
    });
  return messageId;
}

const sendError = (response: ServerResponse, error: SesError): void =>
  sendXml(response, error.status, errorXml(error));

function sendXml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
}

function sendJson(response: ServerResponse, { status, body }: JsonAnswer): void {
  const headers = {
    'content-type': 'application/json',
    ...(status === 404 && { 'x-amzn-errortype': 'NotFoundException' }),
  };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

function sendPage(response: ServerResponse, page: Page): void {
  response.writeHead(page.status, page.headers).end(page.body); // of which Node leaves out the body for HEAD
}
