/** How esbuild makes a function of a handler, as data: infra deploys it so, and bench/cold-starts.ts measures it so. */

/**
 * Ways to find credentials that the SDK loads when the environment has none, which on Lambda it always has: a hundred
 * kilobytes that every cold start would read (docs/decisions/0023-cold-starts.md).
 */
const otherCredentials = ['sso', 'ini', 'process', 'web-identity', 'http'].map(
  (way) => `@aws-sdk/credential-provider-${way}`,
);

export const bundling = {
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'], // sheds what is unused: a page's first answer comes 25 ms earlier
  // The AWS SDK is bundled at the pinned version; mjml names typescript but never runs it. Papers from files are for
  // this machine: `npm run deploy` refuses such a source.
  externalModules: ['typescript', '@smithy/credential-provider-imds', '../sources/file', ...otherCredentials],
};
