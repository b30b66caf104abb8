/** More made-up lives than a quick run has time for. */
import { compareLives } from '../model/lives';

compareLives({ seed: 7, alone: 16, withEdition: 20 });
