/** What handlers write to CloudWatch's logs while something happens, line by line, as on Lambda. */

export interface Line {
  level?: string;
  fact?: string;
  _aws?: {
    Timestamp: number;
    CloudWatchMetrics: {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string; Unit: string }[];
    }[];
  };
  [detail: string]: unknown;
}

/** All that is written until `happens` is over, from this level up. */
export async function outputOf(
  happens: () => Promise<unknown>,
  level: 'INFO' | 'ERROR' = 'INFO',
): Promise<string> {
  const { AWS_LAMBDA_LOG_LEVEL: before } = process.env;
  const written: string[] = [];
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  process.env['AWS_LAMBDA_LOG_LEVEL'] = level;
  try {
    await happens();
  } finally {
    process.env['AWS_LAMBDA_LOG_LEVEL'] = before;
    stdout.mockRestore();
  }
  return written.join('');
}

/** The lines in it. */
export const linesOf = async (happens: () => Promise<unknown>): Promise<Line[]> =>
  (await outputOf(happens))
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as Line);

export interface Datum {
  namespace: string;
  name: string;
  dimensions: string[];
  value: number;
}

/** The figures in them, as CloudWatch would read them. */
export const dataIn = (lines: readonly Line[]): Datum[] =>
  lines.flatMap((line) =>
    (line._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((dimensions) =>
        Metrics.map(({ Name }) => ({
          namespace: Namespace,
          name: Name,
          dimensions,
          value: Number(line[Name]),
        })),
      ),
    ),
  );
