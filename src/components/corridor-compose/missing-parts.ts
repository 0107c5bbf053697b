import type { Draft } from '../../messages/draft.ts';
import type { MessageWords } from '../../words/message-words.ts';

/** What a message cannot go without, or not as it is. */
export type Missing = 'to' | 'subject' | 'body' | 'due';

export function missingOf({ to, subject, body, due }: Draft): readonly Missing[] {
  return [
    ...(to === undefined ? (['to'] as const) : []),
    ...(subject.trim() === '' ? (['subject'] as const) : []),
    ...(body.trim() === '' ? (['body'] as const) : []),
    ...(due !== undefined && !(Date.parse(due) > Date.now()) ? (['due'] as const) : []),
  ];
}

export function missingInWords(missing: readonly Missing[], { compose: words }: MessageWords): string {
  const names = { to: words.to, subject: words.subject, body: words.body, due: '' };
  const said = missing.filter((one) => one !== 'due').map((one) => names[one].toLowerCase());
  return [
    said.length > 0 ? `${words.needed(said.join(', '))}.` : '',
    missing.includes('due') ? `${words.dueTooEarly}.` : '',
  ].join(' ');
}
