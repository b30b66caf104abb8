/** One reader's digest, joined from what was rendered once: only the reader's own slots are left to fill. */
import { choiceFor, type Chosen, type Found } from '../lambdas/core/choice';
import type { Candidate, Content, Skeleton } from '../lambdas/core/edition';
import { briefOf, introOf, reasonOf, subjectOf } from './digest-words';
import { styles } from './mail-layout';
import { escapeMarkup } from './markup';
import { encodedText, quotedPrintable } from './message';
import { fill } from './slots';

/** `found`: what each search of a reader came to; `searches`: how many of them are in force. */
export type Copier = (found: readonly Found[], searches: number) => Skeleton;

/**
 * What everybody gets who saved no search. Its segments are made one piece each (they are ASCII): a string that was joined
 * of many is walked again by every join with it.
 */
export function generalCopy(content: Content): Skeleton {
  const { segments, slots } = copierOf(content)([], 0);
  return { segments: segments.map((text) => Buffer.from(text, 'latin1').toString('latin1')), slots };
}

/** Words that many copies share are encoded once. */
export function copierOf(content: Content): Copier {
  const subject = remembering((key) => {
    const [place = 0, more = 0] = key.split(' ').map(Number);
    const text = subjectOf(content.candidates[place]?.paper, more);
    return { header: encodedText(text), html: quotedHtml(text) };
  });
  const brief = remembering((place) => quotedHtml(briefOf(candidateAt(content, Number(place)).paper)));
  const intro = remembering((text) => ({ html: quotedHtml(text), text: quotedPrintable(text) }));
  const reason = remembering((text) => ({
    html: quotedPrintable(`<strong style="${styles.reason}">${escapeMarkup(text)}</strong> · `),
    text: `${quotedPrintable(`   ${text}`)}\r\n`,
  }));
  const papers = (chosen: readonly Chosen[], part: 'html' | 'text'): string =>
    chosen
      .map(({ place, search }, n) => {
        const why = reasonOf(candidateAt(content, place), search);
        return fill((content.fragments[place] as Content['fragments'][number])[part], {
          rank: `${n + 1}. `,
          reason: why && reason(why)[part],
        });
      })
      .join('');
  return (found, searches) => {
    const chosen = choiceFor(content, found);
    const about = subject(`${chosen[0]?.place ?? 0} ${chosen.length - 1}`);
    const first = intro(introOf(content, chosen, searches));
    return woven(content.shell, {
      subject: about.header,
      'subject-html': about.html,
      preheader: chosen
        .slice(1, 4)
        .map(({ place }) => brief(String(place)))
        .join(BETWEEN),
      'intro-html': first.html,
      intro: first.text,
      papers: papers(chosen, 'html'),
      'papers-text': papers(chosen, 'text'),
    });
  };
}

const quotedHtml = (text: string): string => quotedPrintable(escapeMarkup(text));
/** Between two texts that are encoded already: on a line of its own, so that no line gets too long. */
const BETWEEN = `=\r\n${quotedPrintable(' · ')}=\r\n`;

function candidateAt({ candidates }: Content, place: number): Candidate {
  const candidate = candidates[place];
  if (!candidate) throw new Error(`Can't find candidate ${place} in the edition's content`);
  return candidate;
}

/** Fills what it has a value for; the reader's own slots stay. */
function woven({ segments, slots }: Skeleton, values: Readonly<Record<string, string>>): Skeleton {
  const open: Skeleton = { segments: [], slots: [] };
  let text = segments[0] ?? '';
  for (const [n, slot] of slots.entries()) {
    const value = values[slot];
    if (value === undefined) {
      open.segments.push(text);
      open.slots.push(slot);
      text = '';
    } else text += value;
    text += segments[n + 1] ?? '';
  }
  return { segments: [...open.segments, text], slots: open.slots };
}

/** Texts remembered at a time: with more, memory would grow with the number of readers. */
const REMEMBERED = 5_000;

function remembering<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, value);
    return value;
  };
}
