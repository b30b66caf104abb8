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

/** The lines that are written until `happens` is over. */
export async function linesOf(happens: () => Promise<unknown>): Promise<Line[]> {
  const { AWS_LAMBDA_LOG_LEVEL: before } = process.env;
  const written: string[] = [];
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  process.env['AWS_LAMBDA_LOG_LEVEL'] = 'INFO';
  try {
    await happens();
  } finally {
    process.env['AWS_LAMBDA_LOG_LEVEL'] = before;
    stdout.mockRestore();
  }
  return written.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text) as Line);
}

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
