/** Three parsers that know nothing of each other read one mail. */
import { spawnSync } from 'node:child_process';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import * as z from 'zod';
import { judged, type Check } from './verdict';

const Read = z.object({ subject: z.string(), text: z.string(), html: z.string() });
type Read = z.infer<typeof Read>;
const PythonRead = Read.extend({ types: z.array(z.string()), defects: z.array(z.string()) });

const PYTHON = `
import email, email.policy, json, sys
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = list(mail.walk())
def body(kind):
  part = mail.get_body(preferencelist=(kind,))
  return part.get_content() if part else ''
defects = [d for p in parts for d in p.defects] + [d for p in parts for v in p.values() for d in v.defects]
print(json.dumps({
  'subject': mail['subject'] or '', 'text': body('plain'), 'html': body('html'),
  'types': [p.get_content_type() for p in parts], 'defects': [repr(d) for d in defects],
}))`;

export const agreeing: Check = async ({ bytes, parts }) => {
  const [first, second] = [await byMailparser(bytes), await byPostalMime(bytes)];
  const third = byPython(bytes);
  const types = ['multipart/alternative', ...parts.map(({ type }) => type)].join();
  return judged(
    [
      ...differences('mailparser and postal-mime', first, second),
      ...(typeof third === 'string' ? [] : differences('mailparser and Python', first, third)),
      ...(typeof third === 'string' ? [] : third.defects.map((defect) => `Python found a defect: ${defect}`)),
      typeof third !== 'string' &&
        third.types.join() !== types &&
        `Python sees the parts ${third.types.join()}`,
    ],
    typeof third === 'string' ? third : '',
  );
};

const differences = (who: string, one: Read, other: Read): (string | false)[] =>
  (['subject', 'text', 'html'] as const).map(
    (part) => folded(one[part]) !== folded(other[part]) && `${who} read another ${part}`,
  );

/** White space at line ends is each parser's own. */
const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

async function byMailparser(bytes: Buffer): Promise<Read> {
  const {
    subject = '',
    text = '',
    html,
  } = await simpleParser(bytes, { skipTextToHtml: true, skipImageLinks: true });
  return { subject, text, html: html || '' };
}

async function byPostalMime(bytes: Buffer): Promise<Read> {
  const { subject = '', text = '', html = '' } = await PostalMime.parse(bytes);
  return { subject, text, html };
}

/** Or why it was not asked. */
function byPython(bytes: Buffer): z.infer<typeof PythonRead> | string {
  const ran = spawnSync('python3', ['-c', PYTHON], { input: bytes, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (ran.error) return 'without Python, which is not here';
  if (ran.status !== 0)
    return {
      subject: '',
      text: '',
      html: '',
      types: [],
      defects: [ran.stderr.trim().split('\n').at(-1) ?? ''],
    };
  return PythonRead.parse(JSON.parse(ran.stdout));
}
