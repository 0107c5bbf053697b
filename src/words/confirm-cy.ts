import type { ConfirmWords } from './confirm-en-GB.ts';

/** Welsh, said as Welsh; a clinician who speaks it should review it. */
export const confirmCy: ConfirmWords = {
  language: 'cy',
  heading: 'Ai hwn yw’r person y mae ei siart ar agor gennych?',
  opening: 'Yn agor y cofnod a rennir…',
  explanation:
    'Nid oes rhif GIG ar ei gyfer yn eich system. Cymharwch yr hyn sydd ynddi â’r sawl a ganfuwyd. Cadarnhewch dim ond os ydych yn sicr: ni ddylai cofnod rhywun arall agor.',
  yours: 'Eich system chi',
  found: 'Canfuwyd yn genedlaethol',
  family: 'Cyfenw',
  given: 'Enwau cyntaf',
  born: 'Ganed',
  gender: 'Rhywedd',
  genders: { male: 'Gwryw', female: 'Benyw', other: 'Arall', unknown: 'Anhysbys' },
  postcode: 'Cod post',
  number: 'Rhif GIG',
  died: 'Bu farw',
  yes: 'Do',
  notHeld: 'Heb ei gadw',
  restricted: 'Ni ddangosir',
  differs: 'Yn wahanol',
  confirm: (name) => `Ie, ${name} yw hwn neu hon: agor y cofnod a rennir`,
  none: 'Dim un o’r rhain, neu nid wyf yn sicr',
  months: ['Ion', 'Chwe', 'Maw', 'Ebr', 'Mai', 'Meh', 'Gor', 'Awst', 'Medi', 'Hyd', 'Tach', 'Rhag'],
};
