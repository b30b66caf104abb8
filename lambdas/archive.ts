/** GET /editions and /editions/{editionId}: past editions, for everybody. */
import { archivePage, editionPage, problemPage } from '../templates/pages';
import * as editions from './aws/editions';
import { settings } from './aws/environment';
import { web } from './aws/http';
import { EditionId } from './core/edition';
import { Problem } from './core/problem';

const LISTED = 200;
const unknown = new Problem(404, 'There is no such edition', 'Past editions are listed at /editions.');

export const handler = web((problem) => problemPage(settings(), problem), {
  'GET /editions': async (visit) =>
    visit.html(200, archivePage(settings(), await editions.newest(LISTED)), 'public, max-age=300'),
  'GET /editions/:editionId': async (visit) => {
    const editionId = EditionId.safeParse(visit.part('editionId'));
    const edition = editionId.success ? await editions.find(editionId.data) : undefined;
    if (!edition?.content) throw unknown;
    const content = await editions.contentOf(edition);
    return visit.html(200, editionPage(settings(), edition, content), 'public, max-age=3600');
  },
});
