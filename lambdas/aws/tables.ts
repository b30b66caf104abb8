/** The tables' keys, indexes and times to live, as data: infra makes them on AWS, local makes them in the embedded database. */

export type TableName = keyof typeof tables;

export interface Table {
  /** Partition key, then sort key where there is one; all are strings. */
  key: readonly [string] | readonly [string, string];
  index?: { name: string; key: readonly [string, string] };
  /** The attribute that holds the item's end, in epoch seconds. */
  ttl?: string;
}

export const tables = {
  papers: { key: ['paperId'], index: { name: 'by-week', key: ['week', 'paperId'] } },
  subscribers: { key: ['shard', 'subscriberId'] },
  editions: { key: ['editionId', 'part'] },
  deliveries: { key: ['editionShard', 'recipient'], ttl: 'expiresAt' },
  counters: { key: ['counterId'], ttl: 'expiresAt' },
} as const satisfies Record<string, Table>;

/** The environment variable that names a table, the same on AWS and locally: PAPERS_TABLE, … */
export const tableVariable = (table: TableName): string => `${table.toUpperCase()}_TABLE`;
