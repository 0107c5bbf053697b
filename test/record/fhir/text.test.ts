import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameText, plainText, readNotes } from '../../../src/record/fhir/text.ts';

describe('free text', () => {
  it('is nothing when it is empty, blank, only control characters, or no text', () => {
    for (const value of ['', '  \n', '\u0000\u0000', '\u200b\ufeff', 5, null, {}, ['a']])
      expect(plainText(value)).toBeUndefined();
  });

  it('keeps markup as the characters it is', () => {
    expect(plainText('<script>alert(1)</script> <b>10 mg</b>')).toBe('<script>alert(1)</script> <b>10 mg</b>');
  });

  it('cannot be turned round by bidirectional overrides', () => {
    expect(plainText('\u202e10 mg\u202c')).toBe('10 mg');
    expect(plainText('\u2067a\u2069\u200eb')).toBe('ab');
  });

  it('never joins two numbers by dropping what stood between them', () => {
    expect(plainText('5\u001310 mg')).toBe('5\ufffd10 mg');
    expect(plainText('5\u009610 mg')).toBe('5\ufffd10 mg');
  });

  it('drops padding control characters at the edges without a sign', () => {
    expect(plainText('Asthma\u0000\u0000')).toBe('Asthma');
  });

  it('keeps line ends, tabs, accents, emoji and joined scripts', () => {
    expect(plainText('a\r\nb\tc\u2028d')).toBe('a\nb\tc\nd');
    expect(plainText('Siân – 5 µg 👩‍⚕️ می‌خواهم')).toBe('Siân – 5 µg 👩‍⚕️ می‌خواهم');
  });

  it('says so when it is cut, and cuts no character in half', () => {
    const text = plainText('👩'.repeat(15_000)) ?? '';
    expect(text).toContain('shortened; the whole text is at the source');
    expect(text).not.toMatch(/\p{Cs}/u);
  });

  it('is well formed and without control or override characters, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const text = plainText(value) ?? '';
        expect(text).not.toMatch(/\p{Cs}/u);
        expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        expect(text.replace(/[\t\n]/g, '')).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['\u00ad', 'soft hyphen'],
    ['\u061c', 'Arabic letter mark'],
    ['\u180e', 'Mongolian vowel separator'],
    ['\u200b', 'zero-width space'],
    ['\u200e', 'left-to-right mark'],
    ['\u200f', 'right-to-left mark'],
    ['\u202a', 'embedding'],
    ['\u202e', 'override'],
    ['\u2060', 'word joiner'],
    ['\u2064', 'invisible plus'],
    ['\u2066', 'isolate'],
    ['\u206f', 'digit shapes'],
    ['\ufeff', 'byte order mark'],
    ['\ufff9', 'annotation'],
    ['\u{e0001}', 'language tag'],
    ['\u{e0041}', 'tag letter'],
  ])('loses the invisible %j, a %s, wherever it stands', (character) => {
    expect(plainText(`1${character}0 mg${character}`)).toBe('10 mg');
  });

  it('has one kind of line end', () => {
    expect(plainText('a\rb\r\nc\u0085d\u2028e\u2029f\vg\fh\ni')).toBe('a\nb\nc\nd\ne\nf\ng\nh\ni');
  });

  it('has no space or control character at either end, however many', () => {
    expect(plainText(' \u0000\t 5 mg \n\u0007 ')).toBe('5 mg');
    expect(plainText(' a')).toBe('a');
    expect(plainText('a ')).toBe('a');
    expect(plainText('a')).toBe('a');
    expect(plainText('\u00a0a b\u00a0')).toBe('a b');
  });

  it('shows that something unreadable stood inside, and only there', () => {
    expect(plainText('5\ud80010\u0001mg')).toBe('5\ufffd10\ufffdmg');
    expect(plainText('a\tb\nc')).toBe('a\tb\nc');
    expect(plainText('5 mg\u0085daily\u007f!')).toBe('5 mg\ndaily\ufffd!');
  });

  it('of 20,000 characters is whole, and one more is cut there', () => {
    const note = ' … (shortened; the whole text is at the source)';
    expect(plainText('a'.repeat(20_000))).toBe('a'.repeat(20_000));
    expect(plainText('é'.repeat(20_000))).toBe('é'.repeat(20_000));
    expect(plainText('a'.repeat(20_001))).toBe(`${'a'.repeat(20_000)}${note}`);
    expect(plainText(`${'a'.repeat(19_999)}👩b`)).toBe(`${'a'.repeat(19_999)}${note}`);
  });

  it('reads each note in full', () => {
    expect(readNotes([{ text: 'a' }, {}, { text: ' ' }, { text: 'b' }])).toEqual(['a', 'b']);
  });
});

describe('part of a person’s name', () => {
  it('is nothing when there is none', () => {
    for (const value of [undefined, [], ['', '\u200b'], {}]) expect(nameText(value)).toBeUndefined();
  });

  it('is one line of the given parts, without what could turn it round', () => {
    expect(nameText(['Ann\u202e', ' Mary\nJane '])).toBe('Ann Mary Jane');
    expect(nameText(['Ann  \t Mary', 7, 'Jane'])).toBe('Ann Mary Jane');
  });

  it('is cut where it is longer than any real one, and says so', () => {
    expect(nameText('a'.repeat(200))).toBe('a'.repeat(200));
    expect(nameText('a'.repeat(201))).toBe(`${'a'.repeat(199)}…`);
    expect(nameText('a'.repeat(10_000))).toBe(`${'a'.repeat(199)}…`);
    expect(nameText(`${'😀'.repeat(100)}`)).toBe('😀'.repeat(100));
    expect(nameText(Array.from({ length: 500 }, () => 'Ann'))).toHaveLength(200);
    expect(nameText(`${'a'.repeat(198)}😀${'a'.repeat(9)}`)).toBe(`${'a'.repeat(198)}…`);
  });
});
