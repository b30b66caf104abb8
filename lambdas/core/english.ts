/** What zod finds wrong, in its own English: `zod/mini` comes without a language, and says "Invalid input" of everything. */
import { en } from 'zod/locales';

export const english = en().localeError;
