/** Papers that are hard to show, as a source hands them over: all listed in one week of their own. */
export const ODD_WEEK = '2025-W12';

const paper = (n: number, title: string, summary: string, authors: string[], more: object = {}): object => ({
  paper: {
    id: `2503.9${String(n).padStart(4, '0')}`,
    title,
    summary,
    authors: authors.map((name) => ({ name })),
    upvotes: 90 - n,
    publishedAt: '2025-03-17T08:00:00.000Z',
    ...more,
  },
  _daily: '2025-03-18',
});

export const oddPapers: readonly object[] = [
  paper(
    1,
    'Towards a Comprehensive, Reproducible and Statistically Sound Evaluation of Retrieval-Augmented Generation Pipelines under Distribution Shift: A Study of Forty-Seven Models, Twelve Languages and Nine Domains',
    'We ask what is left of published gains when everything that can differ between two runs is held still. '.repeat(
      8,
    ),
    [
      'Anneliese Schwarzenberger-Hohenlohe',
      'Maria do Carmo Vasconcelos de Albuquerque',
      'B. Short',
      'C. Other',
      'D. More',
    ],
    { githubRepo: 'https://github.com/example/evaluation', projectPage: 'https://example.org/evaluation' },
  ),
  paper(
    2,
    '面向长上下文的稀疏注意力：一种无需训练的多模态推理加速方法',
    '大型语言模型在处理长上下文时面临计算与显存的双重瓶颈。本文提出一种无需训练的稀疏注意力方法，在保持精度的同时将推理速度提升三倍。'.repeat(
      4,
    ),
    ['李明', '王小红', '張偉', '陈静'],
  ),
  paper(
    3,
    'نحو نماذج لغوية عربية أصغر حجماً: تقطير المعرفة من نماذج BERT متعددة اللغات',
    'نقدم طريقة لتقطير المعرفة من نماذج متعددة اللغات إلى نماذج عربية صغيرة، ونقيس أثرها في ست مهام. تحقق الطريقة 97% من دقة النموذج الأصلي بعُشر حجمه. '.repeat(
      3,
    ),
    ['فاطمة الزهراء', 'أحمد بن علي'],
  ),
  paper(
    4,
    'An $O(n\\log n)$ Bound for $\\ell_1$-Regularised $\\mathcal{H}^{\\infty}$ Control with $\\alpha \\leq \\frac{1}{2}$',
    'Let $f\\colon \\mathbb{R}^d \\to \\mathbb{R}$ be $L$-smooth. We show that $\\|x_{t+1} - x^*\\|^2 \\le (1-\\eta\\mu)\\,\\|x_t - x^*\\|^2$ for all $\\eta \\in (0, 2/L)$, improving on G\\"odel and Erd\\H{o}s by a factor of $\\sqrt{\\log n}$, \\emph{i.e.}\\ 30\\% in practice.',
    ['Paul Erdős', 'Kurt Gödel'],
  ),
  paper(
    5,
    'Pneumonoultramicroscopicsilicovolcanoconiosis-Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch-v2.5',
    `https://example.org/${'a-very-long-path-without-a-space-'.repeat(6)} is where the data lies.`,
    ['X'],
  ),
  paper(6, '👩‍🔬 Emoji <b>are</b> “text”, & so is {{this}}', '', []),
];
