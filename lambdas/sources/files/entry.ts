/** What every format of files gives: entries, each with its place and a way to read it. */

export interface Entry {
  /** "line 12" or, where a file has no lines to go by, "entry 12"; both count from 1. */
  where: string;
  /** Its fields as docs/papers.md names them, or an entry of Hugging Face. @throws Error that says what is wrong */
  read: () => unknown;
}

export interface Entries {
  entries: readonly Entry[];
  /** Exports of reference managers: an http link gives way to the DOI's, and a keyword too long is left out. */
  isExport: boolean;
}
