/** Runs in a visitor's browser: works out the proof of the sign-up form while they type, and puts it into the form. */
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';

/** Milliseconds: less than a challenge is valid, and as long as a visitor is kept waiting after the button. */
const FRESH_MS = 600_000;
const LONGEST_WAIT_MS = 8_000;

/** The little of a browser that is used here; nothing else in the project knows one. */
interface Form {
  elements: { namedItem(name: 'altcha'): { value: string } };
  setAttribute(name: 'aria-busy', value: 'true' | 'false'): void;
  addEventListener(name: 'focusin', listener: () => void): void;
  addEventListener(name: 'submit', listener: (event: { preventDefault(): void }) => void): void;
  submit(): void;
}
declare const document: { querySelector(selector: '#join'): Form | null };
declare function addEventListener(name: 'pageshow', listener: (event: { persisted: boolean }) => void): void;

/** A proof under way or found, and when it was begun. */
let work: { since: number; done: Promise<void> } | undefined;
/** The button was pressed, and the form goes as soon as the proof is there. */
let sending = false;

const form = document.querySelector('#join');
if (form) attend(form, form.elements.namedItem('altcha'));

function attend(joining: Form, field: { value: string }): void {
  joining.addEventListener('focusin', () => void begin(field));
  joining.addEventListener('submit', (event) => {
    const done = begin(field);
    if (field.value) return;
    event.preventDefault();
    if (!sending) void send(done, joining);
  });
  // a page that comes back by the back button brings a proof that was used
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    [work, sending, field.value] = [undefined, false, ''];
    joining.setAttribute('aria-busy', 'false');
  });
}

async function send(done: Promise<void>, joining: Form): Promise<void> {
  sending = true;
  joining.setAttribute('aria-busy', 'true');
  await Promise.race([done, longEnough()]);
  joining.submit();
}

/** Whatever goes wrong, the form goes its way: without a proof it counts too, among fewer. */
function begin(field: { value: string }): Promise<void> {
  if (work && Date.now() - work.since < FRESH_MS) return work.done;
  field.value = '';
  const done = solution().then(
    (found) => void (field.value = found),
    (error: unknown) => {
      work = undefined;
      console.warn('No proof of work:', error);
    },
  );
  work = { since: Date.now(), done };
  return done;
}

async function solution(): Promise<string> {
  const answer = await fetch('/proof', { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`Can't get a challenge: the answer is ${answer.status}`);
  const challenge = (await answer.json()) as Challenge;
  const found = await solveChallenge({ challenge, deriveKey });
  if (!found) throw new Error("Can't solve the challenge in its time");
  return btoa(JSON.stringify({ challenge, solution: found }));
}

const longEnough = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
