/** JSON that a person wrote: read strictly, and what is wrong with it is told by line and column. */

import { quoted } from '../lambdas/core/invisible';

/** Nobody nests settings deeper. */
const DEEPEST = 50;

const BLANK = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\n\r]|\\.)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const WORD = /(?:true|false|null)(?!\w)/y;

export class JsonProblem extends Error {
  override name = 'JsonProblem';
}

/** @throws JsonProblem such as `line 5, column 3: a comma is missing before "site"` */
export function parseJson(source: string): unknown {
  const text = source.replace(/^\ufeff/, '');
  if (text.trim() === '') throw new JsonProblem('the file is empty');
  const end = value({ text, depth: 0 }, skip(text, 0));
  if (end < text.length)
    throw problem(text, end, `nothing may follow the last "}", and here is ${tokenAt(text, end)}`);
  return JSON.parse(text) as unknown;
}

interface Place {
  text: string;
  depth: number;
}

/** Each of these takes where something begins, and answers where the next thing does. */
function value(place: Place, at: number): number {
  const { text, depth } = place;
  if (depth > DEEPEST) throw problem(text, at, `brackets are nested more than ${DEEPEST} deep`);
  if (text[at] === '{') return object(place, at);
  if (text[at] === '[') return list(place, at);
  if (text[at] === '"') return string(text, at);
  const end = match(NUMBER, text, at) ?? match(WORD, text, at);
  if (end !== undefined) return skip(text, end);
  throw problem(text, at, strange(text, at));
}

function object({ text, depth }: Place, start: number): number {
  const lines = new Map<string, number>();
  return entries(text, start, '}', (at) => {
    if (text[at] !== '"') throw problem(text, at, nameProblem(text, at));
    const colon = string(text, at);
    const name = nameAt(text, at, colon);
    const before = lines.get(name);
    if (before !== undefined)
      throw problem(text, at, `${quoted(name)} is set twice, first on line ${before}`);
    lines.set(name, positionOf(text, at).line);
    if (text[colon] !== ':') throw problem(text, colon, `a colon is missing after ${quoted(name)}`);
    return value({ text, depth: depth + 1 }, skip(text, colon + 1));
  });
}

const nameAt = (text: string, from: number, to: number): string => {
  try {
    return JSON.parse(text.slice(from, to)) as string;
  } catch {
    throw problem(text, from, 'this name contains a "\\" that JSON does not know');
  }
};

const list = ({ text, depth }: Place, start: number): number =>
  entries(text, start, ']', (at) => value({ text, depth: depth + 1 }, at));

function entries(text: string, start: number, close: '}' | ']', entry: (at: number) => number): number {
  let at = skip(text, start + 1);
  if (text[at] === close) return skip(text, at + 1);
  for (;;) {
    at = entry(at);
    if (text[at] === close) return skip(text, at + 1);
    if (text[at] !== ',') throw problem(text, at, unclosed(text, at, start, close));
    const comma = at;
    at = skip(text, at + 1);
    if (text[at] === close) throw problem(text, comma, `there must be no comma before "${close}"`);
  }
}

function unclosed(text: string, at: number, start: number, close: string): string {
  const opened = `the "${text[start]}" of line ${positionOf(text, start).line}`;
  if (at >= text.length) return `"${close}" is missing: ${opened} is never closed`;
  if (/[}\]]/.test(text[at] ?? '')) return `"${close}" is missing before "${text[at]}", to close ${opened}`;
  return isComment(text, at) ? COMMENT : `a comma is missing before ${tokenAt(text, at)}`;
}

function string(text: string, at: number): number {
  const end = match(STRING, text, at);
  if (end === undefined) throw problem(text, at, 'this text has no closing quote on its line');
  try {
    JSON.parse(text.slice(at, end));
  } catch {
    throw problem(text, at, 'this text contains a "\\" or a control character that JSON does not allow');
  }
  return skip(text, end);
}

const COMMENT = 'comments are not allowed in JSON';
const isComment = (text: string, at: number): boolean => /^(\/[/*]|#)/.test(text.slice(at, at + 2));

function nameProblem(text: string, at: number): string {
  if (isComment(text, at)) return COMMENT;
  if (at >= text.length) return 'the file ends in the middle of an object';
  if (text[at] === ',') return 'there is a comma too many';
  return `a name in double quotes must be here, not ${tokenAt(text, at)}`;
}

function strange(text: string, at: number): string {
  if (isComment(text, at)) return COMMENT;
  if (at >= text.length) return 'the file ends where a value is missing';
  if (text[at] === "'" || text[at] === '“' || text[at] === '”')
    return 'text must be in straight double quotes: "…"';
  if (text[at] === ',' || text[at] === '}' || text[at] === ']')
    return `a value is missing before "${text[at]}"`;
  const [word = ''] = /^[\w+.-]*/.exec(text.slice(at, at + 40)) ?? [];
  if (/^(true|false|null)$/i.test(word)) return `${quoted(word)} must be written in lower case`;
  if (/^[+.-]*\d/.test(word)) return `${quoted(word)} is not a valid number: write it like 7, -7 or 0.7`;
  return `${tokenAt(text, at)} is not a valid value: text must be in double quotes`;
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

const skip = (text: string, at: number): number => match(BLANK, text, at) ?? at;

/** What stands there, as far as it helps to find it. */
const tokenAt = (text: string, at: number): string => {
  const [token = ''] = /^("[^"\n]{0,30}"?|[\w.-]{1,30}|.)/u.exec(text.slice(at, at + 40)) ?? [];
  return quoted(token.length > 1 ? token.replaceAll('"', '') : token);
};

function positionOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function problem(text: string, at: number, message: string): JsonProblem {
  const { line, column } = positionOf(text, at);
  return new JsonProblem(`line ${line}, column ${column}: ${message}`);
}
