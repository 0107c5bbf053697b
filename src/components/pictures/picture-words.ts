import { picturesCy } from '../../words/pictures-cy.ts';
import { picturesEnGB } from '../../words/pictures-en-GB.ts';
import type { PictureWords } from '../../words/picture-words.ts';
import type { Words } from '../../words/words.ts';

/** The words of these parts in the language of the others. They are not in `Words`: no first sight needs them. */
export function pictureWords({ language }: Words): PictureWords {
  return language === 'cy' ? picturesCy : picturesEnGB;
}
