/** URLs from outside. */

/**
 * The parsed URL, or undefined. Not URL.canParse: in Node 20 it calls "https://münchen.de/" invalid once V8 has
 * compiled its caller.
 */
export function parseUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
