/** `doctor`: looks at all that a newsletter needs in order to reach its readers, and says what to do where it is not well. */
import { openAnswers, type Asking } from './doctor/answers';
import { answer } from './doctor/question';
import { questions } from './doctor/questions';
import { asJson, asText } from './doctor/report';

/** Answers 1 where a line says fail. A question that can't be asked fails: whether that is well, nobody knows. */
export async function examine({ json, ...asking }: Asking & { json: boolean }): Promise<number> {
  const asked = await questions(openAnswers(asking));
  const lines = await Promise.all(asked.map(answer));
  console.log(json ? asJson(lines) : asText(lines));
  return lines.some(({ outcome }) => outcome === 'fail') ? 1 : 0;
}
