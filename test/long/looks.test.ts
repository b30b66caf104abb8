/** Every page and every mail in all four looks. */
import { LOOKS, testLooks } from '../browser/looks';

testLooks({ looks: LOOKS });
