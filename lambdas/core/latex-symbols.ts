/** What LaTeX's commands without arguments show, as data: letters, operators, functions, marks of running text. */

/** "alpha α beta β" as a map. */
const pairs = (words: string): Map<string, string> => {
  const all = words.trim().split(/\s+/);
  return new Map(all.flatMap((word, n) => (n % 2 ? [] : [[word, all[n + 1] ?? '']])));
};

/** The names that stand alone in texts whose backslashes were stripped; the others of LETTERS are too short or too rare. */
export const GREEK = pairs(`
  alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ
  mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
  Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
`);

/** Letters and what is set like one: no space before what follows. */
export const LETTERS = new Map([
  ...GREEK,
  ...pairs(`
    ell ℓ hbar ℏ imath ı jmath ȷ Re ℜ Im ℑ aleph ℵ wp ℘ partial ∂ nabla ∇ infty ∞ emptyset ∅ varnothing ∅
    forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂
    bigoplus ⨁ bigotimes ⨂ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | lvert | rvert | Vert ‖ lVert ‖
    rVert ‖ prime ′ angle ∠ triangle △ square □ Box □ blacksquare ■ top ⊤ bot ⊥ dagger † dag † ddagger ‡ ddag ‡
    degree ° flat ♭ natural ♮ sharp ♯ clubsuit ♣ heartsuit ♥ spadesuit ♠ diamondsuit ♦ bigstar ★ checkmark ✓ cmark ✓
    xmark ✗ | ‖ lbrace { rbrace } lbrack [ rbrack ] backslash \\ surd √
  `),
]);

/** What stands between two things: as much space after it as before. */
export const OPERATORS = pairs(`
  times × div ÷ pm ± mp ∓ cdot · ast * star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ wedge ∧ land ∧ vee ∨
  lor ∨ cap ∩ cup ∪ setminus ∖ sqcup ⊔ uplus ⊎ bigcirc ◯ diamond ⋄
  leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ lt < gt > ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡
  propto ∝ asymp ≍ doteq ≐ triangleq ≜ coloneqq ≔ lesssim ≲ gtrsim ≳ prec ≺ succ ≻ preceq ⪯ succeq ⪰
  in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ perp ⊥ parallel ∥ mid | models ⊨ vdash ⊢
  to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← longleftarrow ⟵ leftrightarrow ↔ longleftrightarrow ⟷
  Rightarrow ⇒ Longrightarrow ⟹ implies ⟹ Leftarrow ⇐ Leftrightarrow ⇔ iff ⟺ mapsto ↦ hookrightarrow ↪
  rightharpoonup ⇀ rightleftharpoons ⇌ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘
  rightsquigarrow ⇝ leadsto ⇝ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ colon : textgreater > textless < textbar |
`);

/** Written as words: with a space to the letters beside them. */
export const FUNCTIONS = new Map(
  `log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min sup inf lim limsup liminf argmax
   argmin arg det dim ker deg gcd hom Pr bmod`
    .split(/\s+/)
    .map((name) => [name, name === 'bmod' ? 'mod' : name]),
);

/** Of running text. Those that end in a letter take the space after them along, as in TeX. */
export const TEXT_LETTERS = pairs(
  'o ø O Ø l ł L Ł ss ß ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ',
);

export const TEXT_MARKS = new Map([
  ...pairs(`
    S § P ¶ copyright © textcopyright © textregistered ® texttrademark ™ pounds £ textsterling £ euro € texteuro €
    textdegree ° textmu µ textendash – textemdash — textellipsis … textbullet • textquoteleft ‘ textquoteright ’
    textquotedblleft “ textquotedblright ” textquotesingle ' textasciitilde ~ textasciicircum ^ textunderscore _
    textbackslash \\ textbraceleft { textbraceright } textdollar $ textpercent % textpm ± texttimes × slash / LaTeX LaTeX
    TeX TeX BibTeX BibTeX item •
  `),
  // macros of the conference styles that authors forget to write out in an abstract
  ['eg', 'e.g.'],
  ['ie', 'i.e.'],
  ['etal', 'et al.'],
  ['etc', 'etc.'],
]);

/** Spaces, and commands that set how something looks and show nothing themselves. */
export const SPACES = new Map<string, string>([
  ...[
    ',',
    ';',
    ':',
    '>',
    ' ',
    '\\',
    'quad',
    'qquad',
    'space',
    'enspace',
    'thinspace',
    'newline',
    'linebreak',
  ].map((name): [string, string] => [name, ' ']),
  ...['par', 'hfill', 'smallskip', 'medskip', 'bigskip'].map((name): [string, string] => [name, ' ']),
  ...['!', '-', '@', 'allowbreak', 'nobreak', 'xspace', 'noindent', 'protect', 'null', 'relax'].map(
    (name): [string, string] => [name, ''],
  ),
  ...`bf it em rm sf tt sc sl bfseries itshape rmfamily sffamily ttfamily scshape mdseries upshape normalfont tiny
      scriptsize footnotesize small normalsize large Large LARGE huge Huge centering displaystyle textstyle scriptstyle
      scriptscriptstyle limits nolimits boldmath`
    .split(/\s+/)
    .map((name): [string, string] => [name, '']),
  ...'left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm'
    .split(' ')
    .map((name): [string, string] => [name, '']),
]);

/** Combining marks of text (\'e) and of formulas (\hat{x}). */
export const TEXT_ACCENTS = new Map([
  ["'", '\u0301'],
  ['`', '\u0300'],
  ['"', '\u0308'],
  ['^', '\u0302'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['.', '\u0307'],
  ['u', '\u0306'],
  ['v', '\u030c'],
  ['H', '\u030b'],
  ['c', '\u0327'],
  ['k', '\u0328'],
  ['r', '\u030a'],
  ['b', '\u0331'],
  ['d', '\u0323'],
]);

export const MATH_ACCENTS = new Map([
  ['hat', '\u0302'],
  ['widehat', '\u0302'],
  ['tilde', '\u0303'],
  ['widetilde', '\u0303'],
  ['bar', '\u0304'],
  ['overline', '\u0304'],
  ['vec', '\u20d7'],
  ['dot', '\u0307'],
  ['ddot', '\u0308'],
  ['acute', '\u0301'],
  ['grave', '\u0300'],
  ['check', '\u030c'],
  ['breve', '\u0306'],
  ['mathring', '\u030a'],
]);

const zip = (from: string, to: string): Map<string, string> => {
  const shown = Array.from(to);
  return new Map(Array.from(from, (letter, n) => [letter, shown[n] ?? letter]));
};

export const SUPERSCRIPTS = zip(
  '0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ∘°⊤′*∗⋆†‡',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ°°ᵀ′**⋆†‡',
);

export const SUBSCRIPTS = zip(
  '0123456789+-−=()aehijklmnoprstuvxβγρφχ',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ',
);
