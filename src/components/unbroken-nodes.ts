import { WHOLE } from './line.ts';

/** `unbroken` (line.ts) for rows that are written without a template, thousands at a time. */
export function unbrokenNodes(text: string): readonly (string | Node)[] {
  return text.split(WHOLE).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const whole = document.createElement('span');
    whole.className = 'brief';
    whole.textContent = piece;
    return whole;
  });
}
