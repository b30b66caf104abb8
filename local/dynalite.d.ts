/** What we use of dynalite, which has no types: https://github.com/architect/dynalite#programmatically */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** The LevelDB folder; without it the data is in memory. */
    path?: string;
    /** Milliseconds a table is being made, deleted or changed. */
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }

  /** Its close() also closes the database. */
  function dynalite(options: Options): Server;
  export = dynalite;
}
