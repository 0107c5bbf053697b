import { describe, expect, it } from 'vitest';
import { launch } from '../../../plugins/smart-launch/launch.ts';
import { readLook } from '../../../plugins/host-look.ts';

const look = (style: object) => launch.style?.look({ ...style });
const section = (fhirContext: unknown, more: object = {}) =>
  launch.readContext(
    { token: { patient: 'p', fhirContext, ...more }, claims: {} },
    { dialect: 'generic', sections: { meds: 'medications' } },
  ).intent;

describe('an EPR’s look', () => {
  it.each([
    ['color_highlight', 'url(javascript:alert(1))'],
    ['color_highlight', 'red; background: url(https://evil.example)'],
    ['color_highlight', 'expression(alert(1))'],
    ['color_highlight', '#fff000'],
    ['font_family_body', 'Arial; } :root { --_risk: #fff'],
    ['font_family_body', 'var(--x)'],
    ['dim_font_size', '4px'],
    ['dim_font_size', 'calc(1px + 1vw)'],
    ['dim_border_radius', '400px'],
  ])('has no token for a %s of %s', (property, value) => {
    expect(look({ [property]: value })).toEqual({ tokens: {} });
  });

  it('never touches what carries clinical meaning', () => {
    const every = look({
      color_background: '#ffffff',
      color_error: '#00ff00',
      color_highlight: '#005eb8',
      color_modal_backdrop: '#000000',
      color_success: '#ff0000',
      color_text: '#ffffff',
      dim_border_radius: '6px',
      dim_font_size: '1rem',
      dim_spacing_size: '20px',
      font_family_body: 'Frutiger W01, Arial',
      font_family_heading: 'Comic Sans MS',
    });
    expect(every).toEqual({
      scheme: 'light',
      tokens: {
        '--corridor-font': 'Frutiger W01, Arial',
        '--corridor-font-size': '1rem',
        '--corridor-radius': '6px',
        '--corridor-action-colour': '#005eb8',
        '--corridor-action-hover-colour': '#005eb8',
      },
    });
    expect(readLook({ tokens: { '--corridor-risk-colour': '#00ff00', '--_risk': '#00ff00' } })).toEqual({ tokens: {} });
  });

  it('is dark where its ground is, and takes an action colour only where it can be read on that', () => {
    expect(look({ color_background: '#101418', color_highlight: '#005eb8' })).toEqual({ scheme: 'dark', tokens: {} });
    expect(look({ color_background: '#101418', color_highlight: '#7db8f0' })?.tokens).toHaveProperty(
      '--corridor-action-colour',
      '#7db8f0',
    );
  });
});

describe('what was open when the launch was pressed', () => {
  it.each([
    ['nothing', undefined],
    ['no list', { reference: 'Condition/1' }],
    ['a reference of another role', [{ reference: 'Condition/1', role: 'http://x.example/other' }]],
    ['a type without a section', [{ reference: 'Questionnaire/1' }]],
    ['a word of the object’s own', [{ type: 'constructor' }]],
    ['a number', [7]],
  ])('leads nowhere when it is %s', (_what, context) => {
    expect(section(context)).toBeUndefined();
  });

  it('leads to its section, and less than what the user asked for', () => {
    expect(section([{ reference: 'Encounter/1' }, { reference: 'MedicationRequest/7' }])).toBe('medications');
    expect(section([{ type: 'DiagnosticReport', identifier: { value: 'x' } }])).toBe('investigation-results');
    expect(section(['AllergyIntolerance/7'])).toBe('allergies');
    expect(section([{ reference: 'Condition/1' }], { intent: 'meds' })).toBe('medications');
    expect(section([{ reference: 'Condition/1' }], { intent: 'timeline' })).toBe('timeline');
  });
});
