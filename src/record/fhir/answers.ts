import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../resource.ts';
import { absenceWords } from './absence-words.ts';
import { readCoded } from './coding.ts';
import { readDate, type RecordedDate } from './date.ts';
import { extensionsNamed, readAbsenceExtension } from './extension.ts';
import { formatQuantity, readDecimal, readQuantity } from './quantity.ts';
import { plainText } from './text.ts';

/** One line of a questionnaire: its words (or, lacking those, its linkId) and what was answered. */
export type Answer = {
  readonly label: string;
  /** The heading above it, when the form has groups. */
  readonly group?: string;
  readonly value: string;
  readonly date?: RecordedDate;
};

/** Deep enough for any real form; a form that nests further is hostile or broken. */
const MAX_DEPTH = 12;

/** Every answer in the order of the form. A question without an answer makes no line: silence is not "no". */
export function readAnswers(response: Resource): readonly Answer[] {
  return itemsOf(response, undefined, 0);
}

function itemsOf(parent: Json, group: string | undefined, depth: number): readonly Answer[] {
  if (depth > MAX_DEPTH) return [];
  return asObjects(parent['item']).flatMap((item) => {
    const label = plainText(item['text']) ?? plainText(item['linkId']);
    const given = asObjects(item['answer']);
    // A question whose answer is kept back whole says so of itself.
    const answers = given.length > 0 ? given : [{ extension: item['extension'] }];
    const own = label === undefined ? [] : answers.flatMap((answer) => answerOf(answer, label, group));
    const nested = answers.flatMap((answer) => itemsOf(answer, label ?? group, depth + 1));
    return [...own, ...nested, ...itemsOf(item, label ?? group, depth + 1)];
  });
}

function answerOf(answer: Json, label: string, group: string | undefined): readonly Answer[] {
  const date = readDate(answer['valueDate']) ?? readDate(answer['valueDateTime']);
  const value = date ?? valueOf(answer) ?? absenceOf(answer);
  return value === undefined ? [] : [{ label, ...(group && { group }), value, ...(date && { date }) }];
}

function valueOf(answer: Json): string | undefined {
  if (typeof answer['valueBoolean'] === 'boolean') return answer['valueBoolean'] ? 'Yes' : 'No';
  const quantity = readQuantity(answer['valueQuantity']);
  if (quantity) return formatQuantity(quantity);
  return (
    plainText(answer['valueString']) ??
    readCoded(answer['valueCoding'])?.text ??
    readDecimal(answer['valueInteger']) ??
    readDecimal(answer['valueDecimal']) ??
    plainText(answer['valueTime']) ??
    plainText(answer['valueUri']) ??
    plainText(asObject(answer['valueReference'])?.['display']) ??
    plainText(asObject(answer['valueAttachment'])?.['title'])
  );
}

/** An answer that the source keeps back or could not get is still an answer: its reason is said. */
function absenceOf(answer: Json): string | undefined {
  const reason = [answer, ...Object.keys(answer).map((name) => asObject(answer[name]))]
    .map(readAbsenceExtension)
    .find((found) => found !== undefined);
  return absenceWords(reason);
}

/** What the form is called: the questionnaire that came with it, the display beside its address, else the address's last part. */
export function readQuestionnaireTitle(response: Resource, context: ReadContext): string | undefined {
  const canonical = asString(response['questionnaire'])?.split('|')[0];
  const questionnaire = canonical === undefined ? undefined : questionnaireOf(canonical, response, context);
  const title = plainText(questionnaire?.['title']) ?? plainText(questionnaire?.['name']);
  if (title) return title;
  const display = extensionsNamed(asObject(response['_questionnaire']), 'display')[0];
  return plainText(display?.['valueString']) ?? plainText(canonical?.split(/[/#:]/).at(-1));
}

/**
 * A canonical names a questionnaire wherever it is published, often not at the server that sent it along: what came with
 * the response under that id is it, unless it says that it is published elsewhere.
 */
function questionnaireOf(canonical: string, response: Resource, context: ReadContext): Resource | undefined {
  const reference = /Questionnaire\/[A-Za-z0-9.-]+$/.exec(canonical)?.[0] ?? canonical;
  const found = context.resolve({ reference }, response);
  const url = asString(found?.['url']);
  return url === undefined || url === canonical ? found : undefined;
}
