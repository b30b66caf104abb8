/** What a log line says of a fault. */
import { logFault } from '../../lambdas/aws/log';
import { linesOf } from '../lines';

const told = async (fault: unknown): Promise<string[]> => {
  const [line] = await linesOf(() => Promise.resolve(logFault('thing.failed', fault)));
  const lines = String(line?.['error']).split('\n');
  return lines.filter((text) => !text.startsWith('    at '));
};

test('a fault is told with all its causes, and one without any as it is', async () => {
  expect(await told(new Error('no tea'))).toEqual(['Error: no tea']);
  const cause = new TypeError('no kettle', { cause: 'no fire' });
  expect(await told(new Error('no tea', { cause }))).toEqual([
    'Error: no tea',
    'caused by TypeError: no kettle',
    'caused by no fire',
  ]);
  expect(await told('a text')).toEqual(['a text']);
});
