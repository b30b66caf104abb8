/** One stack for each stage: what it is called, and whose settings it has. */

export const PROD = 'prod';

/** @throws Error for what can't be part of a stack's name */
export function readStage(name: string = PROD): string {
  if (name === 'example')
    throw new Error('"example" can\'t be a stage: newsletter.example.json is the example');
  if (/^[a-z][a-z0-9-]{0,30}$/.test(name)) return name;
  throw new Error(
    `"${name}" is not a valid stage name. Use lower-case letters, digits and hyphens, such as "trial"`,
  );
}

/** "Paperboy", and beside it "Paperboy-trial". */
export const stackName = (stage: string): string => (stage === PROD ? 'Paperboy' : `Paperboy-${stage}`);

/**
 * The file of settings, the first that is there. SES knows a sender's domain once in a region, so that a second stage
 * beside the first needs settings of its own: newsletter.trial.json.
 */
export const newsletterFiles = (stage: string): string[] =>
  stage === PROD ? ['newsletter.json'] : [`newsletter.${stage}.json`, 'newsletter.json'];
