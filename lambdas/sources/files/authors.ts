/** Names of authors, as files write them: in lists, in one line, family name first or last. */

/** Names in one text: "A; B", "A and B", "Lovelace, Ada and Hopper, Grace", "Ada Lovelace, Grace Hopper". */
export function namesIn(text: string): string[] {
  const line = text.replace(/\s+/g, ' ');
  const parts = line.includes(';') ? line.split(';') : line.split(/ (?:and|&) /i);
  return parts.flatMap(namesInPart).filter(Boolean);
}

/** "Lovelace, Ada" is one name, "Ada Lovelace, Grace Hopper" are two: no family name and no first name has a space there. */
function namesInPart(part: string): string[] {
  const pieces = part.split(',').map((piece) => piece.trim());
  const isList = pieces.length > 2 ? !isSuffix(pieces[1]) : pieces.every((piece) => /\s/.test(piece));
  return isList ? pieces : [firstNameFirst(part)];
}

/** "Lovelace, Ada" and "King, Jr., Martin Luther" (or "King, Martin Luther, Jr.", as RIS has it) as they are spoken. */
export function firstNameFirst(name: string): string {
  const [family = '', ...rest] = name.split(',').map((piece) => piece.trim());
  const suffixes = rest.filter(isSuffix);
  const first = rest.filter((piece) => !isSuffix(piece));
  return [...first, family, ...suffixes].filter(Boolean).join(' ');
}

const isSuffix = (piece: string | undefined): boolean => /^(?:jr|sr|[iv]{1,4})\.?$/i.test(piece ?? '');
