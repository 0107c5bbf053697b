import type { Resource } from '../../../src/record/resource.ts';
import { another, both, there, words, type Chance, type PairMaker } from './pair.ts';

const TITLES = ['Cardiology clinic letter', 'Discharge summary', 'Podiatry assessment', 'Out of hours contact'];
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const hash = (chance: Chance): string => `${Array.from({ length: 27 }, () => ALPHABET[chance.whole(0, 63)]).join('')}=`;
type File = { readonly title?: string; readonly hash?: string | undefined; readonly size?: number | undefined };
const fileOf = (resource: Resource): File => (resource['content'] as { attachment: File }[])[0]?.attachment ?? {};
const file = (resource: Resource, change: object): object => ({
  content: [{ attachment: { ...fileOf(resource), ...change } }],
});

export const documentPairs: PairMaker = {
  section: 'documents',
  apart: { 'only its title and day': 'two letters of one clinic on one day have the same title' },

  one(chance) {
    const creation = `${chance.day(2018, 2025)}T${chance.time()}Z`;
    return {
      resourceType: 'DocumentReference',
      id: 'd',
      status: 'current',
      type: words('Letter'),
      description: chance.pick(TITLES),
      date: creation,
      masterIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:oid:1.2.${chance.whole(1000, 999_999)}` },
      content: [
        {
          attachment: {
            contentType: 'application/pdf',
            creation,
            hash: hash(chance),
            size: chance.whole(2000, 900_000),
          },
        },
      ],
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'the same bytes under another title': there(() => ({
      description: 'Letter received from hospital',
      masterIdentifier: undefined,
    })),
    'the same bytes under another number': there(() => ({
      masterIdentifier: { system: 'urn:ietf:rfc:3986', value: 'urn:oid:9.9' },
    })),
    'no hash': there((one) => file(one, { hash: undefined })),
    'no hash and no number': there((one) => ({ ...file(one, { hash: undefined }), masterIdentifier: undefined })),
    'its number alone': there((one) => file(one, { hash: undefined, size: undefined })),
    'the same moment in another zone': there((one) => {
      const moment = new Date(Date.parse(String(one['date'])) + 3_600_000).toISOString();
      return { ...file(one, { hash: undefined, creation: `${moment.slice(0, 19)}+01:00` }) };
    }),
    'an author and a keeper': there(() => ({ author: [{ display: 'Dr A' }], custodian: { display: 'The practice' } })),
    'filed later': there(() => ({ date: '2026-01-05T10:00:00Z' })),
    'a category': there(() => ({ category: [words('Clinical letters')] })),
    'only its title and day': there((one) => ({
      ...file(one, { hash: undefined, size: undefined }),
      masterIdentifier: undefined,
    })),
  },

  unlike: {
    'date (another day)': there((one, chance) => file(one, { creation: `${chance.day(2010, 2017)}T09:10:00Z` })),
    'bytes (the next version under its number)': there((one, chance) =>
      file(one, { hash: hash(chance), size: (fileOf(one).size ?? 0) + 5 }),
    ),
    'bytes of the same size': there((one, chance) => file(one, { hash: hash(chance) })),
    title: there((one, chance) => ({
      ...file(one, { hash: undefined }),
      description: another(chance, TITLES, (text) => text === one['description']),
    })),
    size: both((one) => [
      { ...file(one, { hash: undefined }), masterIdentifier: undefined },
      { ...file(one, { hash: undefined, size: (fileOf(one).size ?? 0) + 1 }), masterIdentifier: undefined },
    ]),
    'status (superseded)': there(() => ({ status: 'superseded' })),
    'status (a draft)': there(() => ({ docStatus: 'preliminary' })),
    'status (amended)': there(() => ({ docStatus: 'amended' })),
    'no date': there((one) => ({ ...file(one, { creation: undefined }), date: undefined })),
    'empty files': both((one) => {
      const empty = { ...file(one, { hash: undefined, size: 0 }), masterIdentifier: undefined };
      return [empty, empty];
    }),
    'number of another system': both((one) => {
      const numbered = (system: string): object => ({
        ...file(one, { hash: undefined, size: undefined }),
        masterIdentifier: { system, value: '7' },
      });
      return [numbered('https://a.example/id'), numbered('https://b.example/id')];
    }),
  },
};
