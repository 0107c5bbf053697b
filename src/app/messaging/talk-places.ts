/** Places that show what is said and handed over between organisations. */
export type TalkPlace = 'messages' | 'transitions';

export function isTalk(place: string): place is TalkPlace {
  return place === 'messages' || place === 'transitions';
}
