/** A reader's life in a real browser, by all ways. */
import { testJourneys, ways } from '../browser/journeys';

testJourneys(ways);
