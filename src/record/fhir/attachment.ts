import { asObjects, asString } from '../resource.ts';
import { readDate, type RecordedDate } from './date.ts';
import { plainText } from './text.ts';

/**
 * What is said of an attached file. Its URL is left behind on purpose: nothing on the screen may lead to an address the
 * payload chose (data-quirks: "links lie"); the launcher opens a document by its `Type/id`.
 */
export type Attachment = {
  readonly title?: string;
  /** As the source declares it; the launcher looks at the bytes before believing it. */
  readonly contentType?: string;
  readonly sizeBytes?: number;
  readonly created?: RecordedDate;
  /** SHA-1 of the bytes in base64, as the source gives it: for seeing one file as one. The launcher does not believe it. */
  readonly hash?: string;
};

export function readAttachments(values: unknown): readonly Attachment[] {
  return asObjects(values).map((value) => {
    const title = plainText(value['title']);
    const contentType = plainText(value['contentType']);
    const size = value['size'];
    const created = readDate(value['creation']);
    const hash = asString(value['hash']);
    return {
      ...(title && { title }),
      ...(contentType && { contentType }),
      ...(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && { sizeBytes: size }),
      ...(created && { created }),
      // SHA-1 is 20 bytes: 27 characters of base64 and one of padding. Anything else is no such hash.
      ...(hash && /^[A-Za-z0-9+/]{27}=$/.test(hash) && { hash }),
    };
  });
}
