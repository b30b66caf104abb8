/** The lives in which something was found once, and some that chance makes; `npm run test:long` compares more. */
import { compareFound, compareLives } from './lives';

compareFound();
/** Another seed explores other lives: LIVES_SEED=7 npx jest test/model */
compareLives({ seed: Number(process.env['LIVES_SEED'] ?? 3), alone: 1, withEdition: 1 });
