/** The soak with two more seeds and twice the readers. */
import { kept, PATIENCE, soak } from '../soak/soak';

test.each([2, 3])(
  'with the seed %i too every reader gets one mail and the books close',
  async (seed) => {
    const verdict = await soak(seed, { readers: 120, kills: 3 });
    expect(verdict).toMatchObject({ ...kept, readers: 120, kills: 3, seed });
  },
  PATIENCE,
);
