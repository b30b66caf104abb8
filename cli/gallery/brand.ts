/** Another operator's newsletter, as the gallery shows it beside our own. */
import type { Settings } from '../../lambdas/core/settings';

export const LOGO =
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="176" height="40" viewBox="0 0 176 40">
<circle cx="20" cy="20" r="18" fill="#2f7bf6"/><path d="M11 26V14l9 8 9-8v12" fill="none" stroke="#fff" stroke-width="3"/>
<text x="48" y="28" font-family="Helvetica,Arial,sans-serif" font-size="22" font-weight="700" fill="#2f7bf6">Lab Notes</text></svg>`);

export const brandedAs = (own: Settings): Settings => ({
  ...own,
  name: 'Lab Notes',
  brand: {
    accent: '#0b57d0',
    logo: { url: 'https://pictures.example.org/logo.png', alt: 'Lab Notes' },
    footer: 'Lab Notes is made by the reading group of Example Town, for free.',
  },
});
