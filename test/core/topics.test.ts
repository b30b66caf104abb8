/** Papers about the same are of one topic. */
import type { Paper } from '../../lambdas/core/paper';
import { topicsOf } from '../../lambdas/core/topics';
import { paperOf, samplePapers } from '../mails';

const about = (title: string, summary: string): Paper => paperOf({ title, summary });

const splat = about(
  'Fast Gaussian splatting',
  'We render novel views of large scenes by 3D Gaussian splatting on mobile devices.',
);
const splats = about(
  'Splatting Gaussians faster',
  'Novel views of scenes, rendered with Gaussian splatting.',
);
const voices = about('Voices in a noisy room', 'Speech is separated from noise with one microphone.');
const taxes = about('Agents for tax law', 'Language models answer questions of tax law.');

test('a paper joins the first one that it is close to, and others start topics', () => {
  expect(topicsOf([splat, voices, splats, taxes])).toEqual([0, 1, 0, 3]);
  expect(topicsOf([voices, splats, taxes, splat])).toEqual([0, 1, 2, 1]);
});

test('a paper that is close to two topics joins the closer one, whichever comes first', () => {
  const closer = about(
    'Gaussian splatting of scenes',
    'Novel views by Gaussian splatting, and a word of tax law.',
  );
  expect(topicsOf([taxes, splat, closer])).toEqual([0, 1, 1]);
  expect(topicsOf([splat, taxes, closer])).toEqual([0, 1, 0]);
  const lawyer = about(
    'Agents for tax law',
    'Language models answer questions of tax law, with a word of Gaussian splatting.',
  );
  expect(topicsOf([splat, taxes, lawyer])).toEqual([0, 1, 1]);
  expect(topicsOf([taxes, splat, lawyer])).toEqual([0, 1, 0]);
});

test('a paper that is as close to two topics joins the one that came first', () => {
  const [tea, coffee] = [about('Tea leaves', ''), about('Coffee beans', '')];
  const both = about('Tea leaves, coffee beans', '');
  expect(topicsOf([tea, coffee, both])).toEqual([0, 1, 0]);
  expect(topicsOf([coffee, tea, both])).toEqual([0, 1, 0]);
});

test('function words and numbers make no topic', () => {
  const sayings = [
    'This is what it is, and that is that: 2025.',
    'It is what this is, and that is it: 2025.',
  ];
  expect(topicsOf([...sayings.map((saying) => about('2025', saying)), voices])).toEqual([0, 1, 2]);
});

test('papers without words are alone', () => {
  expect(topicsOf([about('…', ''), about('…', ''), about('!', '?')])).toEqual([0, 1, 2]);
  expect(topicsOf([])).toEqual([]);
});

test('the same text twice is one topic, in any list', () => {
  expect(topicsOf([voices, voices])).toEqual([0, 0]);
  expect(topicsOf([voices, taxes, voices, voices])).toEqual([0, 1, 0, 0]);
});

test('a week of papers has many topics, and every topic starts with its own first paper', () => {
  const topics = topicsOf(samplePapers);
  expect(new Set(topics).size).toBeGreaterThan(samplePapers.length / 3);
  expect(new Set(topics).size).toBeLessThan(samplePapers.length);
  for (const [place, topic] of topics.entries()) {
    expect(topic).toBeLessThanOrEqual(place);
    expect(topics[topic]).toBe(topic);
  }
});
