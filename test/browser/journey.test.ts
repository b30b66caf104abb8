/** A reader's life in a real browser, on a phone at night with scripts; `npm run test:long` goes by all ways. */
import { testJourneys, ways } from './journeys';

testJourneys(ways.filter(([name]) => name === 'on a phone at night, with scripts'));
