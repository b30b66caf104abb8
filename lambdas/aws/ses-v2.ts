/** Where SES is, and questions to version 2 of its API, which knows what version 1 has no words for. */
import { ses } from './mailer';
import { endpointOf } from './raw-email';
import { signedGet } from './signed-get';

/** For both versions. */
export const sesUrl = (): Promise<URL> => endpointOf(ses.config);

/** @throws Error named as SES names it, such as NotFoundException */
export const askVersionTwo = async (path: string): Promise<unknown> =>
  signedGet(new URL(path, await sesUrl()), 'ses');
