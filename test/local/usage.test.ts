/** Options that are typed wrong, as `npm start` and `npm run deploy` answer them. */
import { readOptions } from '../../local/usage';

const read = (line: string) =>
  readOptions(
    {
      once: { type: 'boolean', default: false },
      papers: { type: 'string' },
      port: { type: 'string', default: '4400' },
    },
    line.split(' ').filter(Boolean),
  );

const all = 'The options are: --once, --papers, --port';

test.each([
  ['--prot 80', 'Unknown option "--prot". Did you mean "--port"?'],
  ['--paper x', 'Unknown option "--paper". Did you mean "--papers"?'],
  ['--foo', `Unknown option "--foo". ${all}`],
  ['-p 80', `Unknown option "-p". ${all}`],
  ['extra', `"extra" is not an option. ${all}`],
  ['--once extra', `"extra" is not an option. ${all}`],
  ['--port', '--port needs a value, such as --port VALUE'],
  ['--papers --once', '--papers needs a value, such as --papers VALUE'],
  ['--once=yes', '--once takes no value'],
])('%s', (line, message) => {
  expect(() => read(line)).toThrow(new Error(message));
});

test('what is right is read, and what is left out has its default', () => {
  expect({ ...read('--papers x --once') }).toEqual({ once: true, papers: 'x', port: '4400' });
});
