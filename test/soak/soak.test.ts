/** The soak, short: senders killed and far ends failing, judged by SES's own record; `npm run test:long` has more seeds. */
import { kept, PATIENCE, soak } from './soak';

test(
  'however senders die and far ends fail, every reader gets one mail and the books close',
  async () => {
    const verdict = await soak(1, { readers: 60, kills: 2 });
    expect(verdict).toMatchObject({ ...kept, readers: 60, kills: 2, seed: 1 });
  },
  PATIENCE,
);
