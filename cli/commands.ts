/** The operator's commands: what each takes and does. Its code is loaded when it is run, so that help comes at once. */

/** What a command's options may hold; each command has only those that it names. */
export interface Options {
  local?: true;
  data?: string;
  json?: true;
  dns?: string;
  stage?: string;
  search?: string[];
  listedOn?: string;
}

export interface Command {
  /** One word, or a group and a word. */
  name: string;
  /** In commander's notation: "<FILE>" is required, "[WHY...]" is not. */
  takes: string;
  does: string;
  options?: readonly (keyof typeof flags)[];
  /** What follows the name in an example, and what it is for. */
  examples?: readonly string[];
  /** Answers the exit code. */
  run: (words: string[], options: Options) => Promise<number>;
}

/** Each option in commander's notation, and what it does. */
export const flags = {
  local: ['--local', 'use the local instance that npm start runs, not AWS'],
  data: ['--data <FOLDER>', "the local instance's data folder, if not the default"],
  stage: ['--stage <NAME>', 'use the settings in newsletter.NAME.json'],
  json: ['--json', 'print one JSON object'],
  dns: ['--dns <HOST:PORT>', 'the DNS server to ask, such as 1.1.1.1:53'],
  listedOn: ['--listed-on <DAY>', 'the day for entries that have none, such as 2025-03-14, if not today'],
  search: ['--search <WORDS>', 'also show what a search finds (can be repeated)'],
} as const;

const aws = ['local', 'data'] as const;

export const commands: readonly Command[] = [
  {
    name: 'papers import',
    takes: '<FILE>',
    does: 'import papers from JSON, BibTeX, RIS or CSV (docs/papers.md); ends with 2 if entries were skipped',
    options: [...aws, 'listedOn'],
    examples: ['papers.jsonl', 'papers.bib --local', 'papers.csv --listed-on 2025-03-14'],
    run: async (words, { listedOn }) => (await import('./import-papers')).importPapers(words, listedOn),
  },
  {
    name: 'subscribers export',
    takes: '<FILE>',
    does: 'write subscribers to a file: .jsonl for everything stored, .csv for other programs',
    options: aws,
    examples: ['readers.jsonl', 'readers.csv'],
    run: async (words) => (await import('./export-subscribers')).exportSubscribers(words),
  },
  {
    name: 'subscribers leave',
    takes: '<FILE>',
    does: 'unsubscribe the ids in a file, after a restore',
    options: aws,
    examples: ['left.txt'],
    run: async (words) => (await import('./depart-subscribers')).leaveAll(words),
  },
  {
    name: 'subscribers erase',
    takes: '<FILE>',
    does: 'delete the data of the ids in a file, after a restore',
    options: aws,
    examples: ['erased.txt'],
    run: async (words) => (await import('./depart-subscribers')).eraseAll(words),
  },
  {
    name: 'editions list',
    takes: '',
    does: 'list the newest editions and their status',
    options: aws,
    run: async () => (await import('./editions')).listEditions(),
  },
  {
    name: 'editions show',
    takes: '<EDITION>',
    does: "show an edition's progress and totals",
    options: aws,
    examples: ['weekly-2025-W11'],
    run: async (words) => (await import('./editions')).showEdition(words),
  },
  {
    name: 'editions pause',
    takes: '<EDITION> [WHY...]',
    does: 'stop sending an edition until it is resumed',
    options: aws,
    examples: ['weekly-2025-W11', 'weekly-2025-W11 wrong papers'],
    run: async (words) => (await import('./editions')).pauseEdition(words),
  },
  {
    name: 'editions resume',
    takes: '<EDITION>',
    does: 'continue a paused edition where it stopped',
    options: aws,
    examples: ['weekly-2025-W11'],
    run: async (words) => (await import('./editions')).resumeEdition(words),
  },
  {
    name: 'editions cancel',
    takes: '<EDITION>',
    does: 'stop an edition for good: no one else will get it',
    options: aws,
    examples: ['weekly-2025-W11'],
    run: async (words) => (await import('./editions')).cancelEdition(words),
  },
  {
    name: 'editions retry',
    takes: '<EDITION>',
    does: 'send an edition again to readers that SES refused',
    options: aws,
    examples: ['weekly-2025-W11'],
    run: async (words) => (await import('./editions')).retryEdition(words),
  },
  {
    name: 'digest explain',
    takes: '<EDITION>',
    does: 'show every candidate paper, its score, and why it is in or out',
    options: [...aws, 'search'],
    examples: ['weekly-2025-W11', 'weekly-2025-W11 --search "video diffusion"'],
    run: async (words, { search = [] }) => (await import('./digest')).explainDigest(words, search),
  },
  {
    name: 'check-mail',
    takes: '<FILE>',
    does: 'check an email message (.eml) against the rules for every email',
    examples: ['mail.eml'],
    run: async (words) => (await import('./check-mail')).checkMailFile(words),
  },
  {
    name: 'dead-letters list',
    takes: '',
    does: 'list failed messages with their errors',
    options: aws,
    run: async () => (await import('./dead-letters')).listDeadLetters(),
  },
  {
    name: 'dead-letters redrive',
    takes: '[QUEUE...]',
    does: 'put failed messages back into their queues, or into one of them',
    options: aws,
    examples: ['', 'lanes'],
    run: async (words) => (await import('./dead-letters')).redriveDeadLetters(words),
  },
  {
    name: 'doctor',
    takes: '',
    does: 'check identity, DNS, sending and schedules, and say how to fix what is wrong',
    options: [...aws, 'stage', 'json', 'dns'],
    examples: ['', '--stage trial', '--json --dns 1.1.1.1:53'],
    run: async (_, { local = false, json = false, ...asking }) =>
      (await import('./doctor')).examine({ local, json, ...asking }),
  },
  {
    name: 'version',
    takes: '',
    does: 'show the version here, and the one that the site runs',
    options: [...aws, 'stage'],
    run: async (_, { stage }) => (await import('./version')).showVersion(stage),
  },
];
