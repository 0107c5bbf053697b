import { at } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import type { Reference } from './codes.ts';

/** PRSB About Me: the headings in the standard's own words and order. */
const HEADINGS = {
  mostImportant: 'What is most important to me',
  people: 'People who are important to me',
  communicate: 'How I communicate and how to communicate with me',
  wellness: 'My wellness',
  pleaseDo: 'Please do',
  pleaseDoNot: 'Please don’t',
  support: 'How and when to support me',
  alsoWorth: 'Also worth knowing about me',
  supportedBy: 'Supported to write this by',
} as const;

export type AboutMe = { readonly [heading in keyof typeof HEADINGS]?: string };

/** What a person wants everyone to know, in their own words (QuestionnaireResponse). */
export function aboutMe(chart: Chart, day: string, answers: AboutMe, by?: string): Reference {
  return chart.add(
    'QuestionnaireResponse',
    day,
    {
      questionnaire: 'https://corridor.example/Questionnaire/about-me',
      status: 'completed',
      subject: chart.patient,
      authored: at(day, '11:15'),
      ...(by && { author: chart.staff(by) }),
      source: chart.patient,
      item: (Object.keys(HEADINGS) as (keyof typeof HEADINGS)[]).flatMap((key) => {
        const text = answers[key];
        return text === undefined ? [] : [{ linkId: key, text: HEADINGS[key], answer: [{ valueString: text }] }];
      }),
    },
    { profile: 'UKCore-QuestionnaireResponse' },
  );
}
