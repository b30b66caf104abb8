/** The pages and mails that most people see, in two looks; `npm run test:long` looks at all of them in four. */
import { LOOKS, testLooks } from './looks';

testLooks({
  only: ['the front page', 'a search', 'preferences', 'an edition', 'invitation', 'personal digest'],
  looks: LOOKS.filter(({ colorScheme, width }) => (colorScheme === 'dark') === (width === 320)),
});
