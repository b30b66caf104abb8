/** The soak: senders killed and far ends failing, judged by SES's own record. */
import { kept, PATIENCE, soak } from './soak';

test.each([
  [1, { readers: 60, kills: 2 }],
  [2, { readers: 120, kills: 3 }],
  [3, { readers: 120, kills: 3 }],
])(
  'with seed %i every reader gets one mail and the books close',
  async (seed, numbers) => {
    expect(await soak(seed, numbers)).toMatchObject({ ...kept, ...numbers, seed });
  },
  PATIENCE,
);
