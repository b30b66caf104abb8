/** One line of CSV for programs and for spreadsheets, which take some texts for formulas. */

/** @see https://owasp.org/www-community/attacks/CSV_Injection */
export const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

/** RFC 4180, with the line's end. A text that a spreadsheet would work out begins with an apostrophe. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\r\n`;

function quoted(field: string): string {
  const harmless = isFormula(field) ? `'${field}` : field;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
