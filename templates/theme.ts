/** The visual language, once: colours, type and space of every mail and page. */
import { grounds, inTheDark } from '../lambdas/core/colour';
import type { Settings } from '../lambdas/core/settings';

export const light = {
  paper: '#ffffff',
  ground: grounds.light,
  ink: '#1c1b19',
  quiet: '#5e5a52',
  rule: '#dcd8ce',
};

export const dark: Record<keyof typeof light, string> = {
  paper: grounds.dark,
  ground: '#141312',
  ink: '#efece6',
  quiet: '#aaa59a',
  rule: '#3a3834',
};

/** The operator's own colour, and what of it is seen in the dark. */
export const accents = ({
  brand: { accent },
}: Pick<Settings, 'brand'>): Record<'light' | 'dark', string> => ({
  light: accent,
  dark: inTheDark(accent),
});

export const serif = "Georgia, 'Iowan Old Style', 'Times New Roman', serif";
export const sans = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** Letters in mails; pages count from the browser's own size, so that it can be set there. */
export const letters = { name: '22px', title: '18px', text: '16px', small: '14px', fine: '13px' };

/** Room in mails: at the sides, and below a block. */
export const room = { side: '24px', below: '26px' };
