/** Bundles as they are deployed, and beside each the bare SDK clients that it needs, bundled as anybody would. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundling } from '../infra/bundling';
import type { HandlerName } from '../lambdas/triggers';

const ROOT = join(__dirname, '..');
const common = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: bundling.target,
  mainFields: bundling.mainFields,
  logLevel: 'error',
} as const;

export interface Bundled {
  file: string;
  bytes: number;
  /** The paths of what is in it. */
  holds: string[];
}

export async function bundleOf(handler: HandlerName, folder: string): Promise<Bundled> {
  const outfile = join(folder, `${handler}.js`);
  const entryPoints = [join('lambdas', `${handler}.ts`)];
  const { metafile } = await build({
    ...common,
    entryPoints,
    outfile,
    external: bundling.externalModules,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  if (!output) throw new Error(`Can't bundle ${handler}`);
  return { file: outfile, bytes: output.bytes, holds: Object.keys(output.inputs) };
}

/** The clients by their packages, each with what a handler says to it. */
const clients: Record<string, string> = {
  '@aws-sdk/client-dynamodb': `
    import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
    export const dynamodb = [DynamoDBDocumentClient.from(new DynamoDBClient({})), ConditionalCheckFailedException,
      GetCommand, PutCommand, QueryCommand, UpdateCommand];`,
  '@aws-sdk/client-secrets-manager': `
    import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
    export const secrets = [new SecretsManagerClient({}), GetSecretValueCommand];`,
  '@aws-sdk/client-ses': `
    import { SESClient } from '@aws-sdk/client-ses';
    export const ses = new SESClient({});`,
  '@aws-sdk/client-sqs': `
    import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
    export const sqs = [new SQSClient({}), SendMessageCommand];`,
};

/** A bundle of nothing but the clients that are in this one, without what we leave out of ours. */
export async function bareClientsOf({ file, holds }: Bundled): Promise<string> {
  const needed = Object.entries(clients).filter(([name]) =>
    holds.some((path) => path.startsWith(`node_modules/${name}/`)),
  );
  const outfile = file.replace(/\.js$/, '.clients.js');
  const contents = needed.map(([, code]) => code).join('\n');
  await build({ ...common, stdin: { contents, resolveDir: ROOT }, outfile });
  return outfile;
}
