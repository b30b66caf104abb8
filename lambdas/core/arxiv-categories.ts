/** arXiv's archives and their categories, and where the archives of the 1990s went. */

/** https://arxiv.org/category_taxonomy; an archive without categories of its own is a category itself. */
const archives: Readonly<Record<string, string>> = {
  'astro-ph': 'CO EP GA HE IM SR',
  'cond-mat': 'dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con',
  cs: 'AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC SD SE SI SY',
  econ: 'EM GN TH',
  eess: 'AS IV SP SY',
  'gr-qc': '',
  'hep-ex': '',
  'hep-lat': '',
  'hep-ph': '',
  'hep-th': '',
  math: 'AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST',
  'math-ph': '',
  nlin: 'AO CD CG PS SI',
  'nucl-ex': '',
  'nucl-th': '',
  physics:
    'acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph',
  'q-bio': 'BM CB GN MN NC OT PE QM SC TO',
  'q-fin': 'CP EC GN MF PM PR RM ST TR',
  'quant-ph': '',
  stat: 'AP CO ME ML OT TH',
};

/** "hep-th", "cs", "cs.CL" and so on: an archive stands for all of its categories. */
export const categories: ReadonlySet<string> = new Set(
  Object.entries(archives).flatMap(([archive, names]) =>
    [archive].concat(names.split(' ').flatMap((name) => (name ? `${archive}.${name}` : []))),
  ),
);

/** Archives that take no papers any more, and the category that took their place. https://arxiv.org/archive */
export const formerArchives: Readonly<Record<string, string>> = {
  'acc-phys': 'physics.acc-ph',
  'adap-org': 'nlin.AO',
  'alg-geom': 'math.AG',
  'ao-sci': 'physics.ao-ph',
  'atom-ph': 'physics.atom-ph',
  'bayes-an': 'physics.data-an',
  'chao-dyn': 'nlin.CD',
  'chem-ph': 'physics.chem-ph',
  'cmp-lg': 'cs.CL',
  'comp-gas': 'nlin.CG',
  'dg-ga': 'math.DG',
  'funct-an': 'math.FA',
  'mtrl-th': 'cond-mat.mtrl-sci',
  'patt-sol': 'nlin.PS',
  'plasm-ph': 'physics.plasm-ph',
  'q-alg': 'math.QA',
  'solv-int': 'nlin.SI',
  'supr-con': 'cond-mat.supr-con',
};
