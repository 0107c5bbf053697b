import { importsOf, keysOf } from './jsx-types.ts';
import type { ElementOf } from './manifest.ts';

/** Vue's own way of typing a custom element: its instance, the properties a template may set, the events it may hear. */
export function vueTypes(elements: readonly ElementOf[]): string {
  const rows = elements.map((element) => {
    const events = (element.events ?? []).map(({ name = '', type }) => `'${name}': ${type?.text ?? 'Event'}`);
    return `    '${element.tagName}': Element<${element.name}, ${keysOf(element)}, { ${events.join('; ')} }>;`;
  });
  return `${importsOf(elements)}
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';

type Emit<Events> = EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
type Listeners<Events> = {
  [Name in keyof Events & string as \`on\${Capitalize<Camel<Name>>}\`]?: (event: Events[Name]) => void;
};
type Camel<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\`
  ? \`\${Head}\${Capitalize<Camel<Tail>>}\`
  : Name;
type Element<E extends HTMLElement, K extends keyof E, Events> = new () => E & {
  /** @deprecated For the template's checker only; it is not on the element. */
  $props: HTMLAttributes & { [Property in K]?: E[Property] | undefined } & Listeners<Events> & PublicProps;
  /** @deprecated For the template's checker only; it is not on the element. */
  $emit: Emit<Events>;
};

declare module 'vue' {
  interface GlobalComponents {
${rows.join('\n')}
  }
}
`;
}
