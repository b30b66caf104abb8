/** The visual language, once: colours, type and space of every mail and page. */

export const light = {
  paper: '#ffffff',
  ground: '#f5f3ee',
  ink: '#1c1b19',
  quiet: '#5e5a52',
  accent: '#a2391c',
  rule: '#dcd8ce',
};

export const dark: typeof light = {
  paper: '#1e1d1b',
  ground: '#141312',
  ink: '#efece6',
  quiet: '#aaa59a',
  accent: '#ff9d7d',
  rule: '#3a3834',
};

export const serif = "Georgia, 'Iowan Old Style', 'Times New Roman', serif";
export const sans = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
