/** What is wrong with a text that should be JSON, and what to do about it: the parser's own words are for programmers. */

/** Where the brackets and quotation marks of a text lead: what is open at its end, and the first slip between them. */
interface Walk {
  open: string[];
  isInText: boolean;
  slip?: { at: number; words: string };
}

const PAIRS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** Such as "isn't valid JSON: line 3 has a comma before ]. Remove the comma". */
export function jsonFault(text: string): string {
  const { open, isInText, slip } = walk(text);
  const lines = text.trimEnd().includes('\n');
  const at = (place: number): string => (lines ? `line ${text.slice(0, place).split('\n').length}` : 'it');
  if (slip) return `isn't valid JSON: ${at(slip.at)} ${slip.words}`;
  if (isInText || open.length > 0)
    return `isn't valid JSON: it ends in the middle${isInText ? ' of a text' : `, before a closing ${PAIRS[open.at(-1) ?? '['] ?? ']'}`}. Get the whole of it again`;
  if (text.trimEnd().endsWith(',')) return "isn't valid JSON: it has a comma at its end. Remove the comma";
  const place = placeOf(text);
  if (place === undefined) return "isn't valid JSON";
  return `isn't valid JSON: see ${lines ? at(place) : 'the part'} near ${quoted(text, place)}`;
}

function walk(text: string): Walk {
  const open: string[] = [];
  let isInText = false;
  let comma: number | undefined;
  for (let n = 0; n < text.length; n += 1) {
    const sign = text[n] as string;
    if (isInText) {
      if (sign === '\\') n += 1;
      else if (sign === '"') isInText = false;
      continue;
    }
    if (/\s/.test(sign)) continue;
    if (sign === '{' || sign === '[') open.push(sign);
    if (sign === '}' || sign === ']') {
      const words = closing(sign, open.pop(), comma !== undefined);
      if (words) return { open, isInText, slip: { at: comma ?? n, words } };
    }
    if (sign === "'")
      return {
        open,
        isInText,
        slip: { at: n, words: 'has a single quotation mark: JSON takes double ones only' },
      };
    isInText = sign === '"';
    comma = sign === ',' ? n : undefined;
  }
  return { open, isInText };
}

function closing(sign: string, opened: string | undefined, isAfterComma: boolean): string | undefined {
  if (opened === undefined || PAIRS[opened] !== sign) return `has a ${sign} that closes nothing`;
  return isAfterComma ? `has a comma before a closing ${sign}. Remove the comma` : undefined;
}

/** Where the parser gave up, if it says so. */
function placeOf(text: string): number | undefined {
  try {
    JSON.parse(text);
  } catch (error) {
    const [, place] = /at position (\d+)/.exec((error as Error).message) ?? [];
    if (place !== undefined) return Number(place);
    const [, sign] = /^Unexpected token '?(.)/.exec((error as Error).message) ?? [];
    return sign !== undefined && text.trimStart().startsWith(sign) ? text.indexOf(sign) : undefined;
  }
  return undefined;
}

const quoted = (text: string, place: number): string =>
  `"${text
    .slice(place, place + 20)
    .replace(/\s+/g, ' ')
    .trim()}"`;
