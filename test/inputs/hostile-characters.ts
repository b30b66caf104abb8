/** Texts whose characters are the trouble: unseen, halved, piled up, turned around, or two of one look. */

const characters = (...codes: number[]): string[] => codes.map((code) => String.fromCodePoint(code));
const from = (first: number, last: number): string[] =>
  characters(...Array.from({ length: last - first + 1 }, (_, n) => first + n));
/** Each of them inside a word, where nobody sees it. */
const inside = (marks: readonly string[]): string[] => marks.map((mark) => `in${mark}side`);

const control = [
  ...inside(from(0x00, 0x1f)),
  ...inside(from(0x7f, 0x9f)),
  'a bell\u0007 and five backspaces\b\b\b\b\b',
  'red \u001b[1;31mletters\u001b[0m',
  'a title \u001b]0;set by a text\u0007',
  'cleared \u001b[2J\u001b[H',
  'a null\0 in the middle',
];

const spaces = inside(
  characters(
    0xa0,
    0x1680,
    ...Array.from({ length: 11 }, (_, n) => 0x2000 + n),
    0x2028,
    0x2029,
    0x202f,
    0x205f,
    0x3000,
  ),
);

const invisible = [
  ...inside(
    characters(0xad, 0x34f, 0x61c, 0x180e, 0x200b, 0x200c, 0x200d, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064),
  ),
  ...inside(characters(0xfe0f, 0xfeff, 0xfff9, 0xfffa, 0xfffb, 0xe0001, 0xe0061, 0xe007f)),
  '\ufeffa mark of byte order in front',
  '\u200b\u200c\u200d\u2060',
];

const direction = [
  ...inside(
    characters(0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069),
  ),
  'invoice \u202efdp.exe',
  'user \u2066// isolated \u2069 admin',
  '\u202e'.repeat(40) + 'deep',
  'العربية',
  'بحث عن نماذج اللغة',
  'עברית',
  'שָׁלוֹם עֲלֵיכֶם',
  'Latin ثم עברית then Latin',
  'فارسی، گچ‌پژ',
  'ﷺ',
  '﷽',
];

const floods = [
  `a${'\u0301'.repeat(60)}`,
  `Z${'\u0335\u0322\u0350'.repeat(30)}algo`,
  'กิ่'.repeat(5) + '็'.repeat(40),
  `${'\u0300'.repeat(20)} nothing under them`,
  'x'.repeat(500),
  'long-'.repeat(120),
  'ｗ'.repeat(200),
  'ä'.repeat(300),
  '漢'.repeat(300),
  '💥'.repeat(150),
  '('.repeat(400),
  '"'.repeat(301),
  '\\'.repeat(255),
  'word '.repeat(150),
];

const emoji = [
  '😀',
  '🤷🏾‍♀️',
  '👨‍👩‍👧‍👦',
  '🏳️‍🌈 and 🏴‍☠️',
  '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
  '👩🏽‍🔬👨🏿‍🚀',
  '1️⃣2️⃣#️⃣',
  '🇩🇪🇯🇵🇧🇷',
  '🇩🇪🇯',
  '❤️ ❤ ♥︎',
  '\u200d👩\u200d',
  '👩\ufe0f\ufe0f\u200d\u200d🔬',
  '☃',
  '🫠🫨🪿',
];

const halves = [
  '\ud83d',
  '\ude00',
  '\ude00\ud83d',
  'a\ud800b',
  '\udbff\udbff\udfff',
  'the end is cut \ud83d',
  '\ufffe',
  '\uffff',
  '\ufdd0',
  '\ufdd0to\ufdd1',
  '\u{1fffe}',
  '\u{10ffff}',
  '\ufffd',
  '\ue000\uf8ff',
];

/** What becomes something else when it is folded, composed or put in the other case. */
const folding = [
  'Å Å Å',
  'ﬁ ﬀ ﬃ',
  'ẞ ß ss SS',
  'İ i̇ ı I',
  'Σ σ ς ΌΣΟΣ',
  'ſ s',
  'K k K',
  'Ǆ ǅ ǆ',
  'ŉ',
  'ΐ',
  '가 가',
  'ｶﾞ ガ',
  '⑴ ㈱ ㎏',
  '𝓕𝓵𝓸𝔀 𝕞𝕒𝕥𝕔𝕙𝕚𝕟𝕘',
  '𝖙𝖍𝖊 𝚖𝚘𝚗𝚘',
  'ᵗⁱⁿʸ ₐₑ',
  'ⓒⓘⓡⓒⓛⓔⓢ',
  'uʍop ǝpısdn',
  'раураl',
  'Ⱥ Ⱦ',
];

const scripts = [
  '扩散模型与三维重建',
  'ガウス・スプラッティング',
  '언어 모델',
  'Нейронные сети',
  'Ελληνικά γράμματα',
  'हिन्दी में खोज',
  'ภาษาไทยไม่มีช่องว่าง',
  'தமிழ்',
  'ქართული',
  'አማርኛ',
  'ជាភាសាខ្មែរ',
  '𐐐𐐯𐑊𐐬',
  '𠜎𠜱𠝹',
  '༼ つ ◕_◕ ༽つ',
  '(ﾉ◕ヮ◕)ﾉ*:･ﾟ✧',
  'ʕ·ᴥ·ʔ',
  '(งツ)ว',
];

export const hostileCharacters: Record<string, readonly string[]> = {
  'control characters': control,
  'odd spaces': spaces,
  'invisible characters': invisible,
  'directions of writing': direction,
  floods,
  emoji,
  'halves of characters': halves,
  'letters that fold': folding,
  'other scripts': scripts,
};
