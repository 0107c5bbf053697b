/** As much of a custom elements manifest (schema 1.0) as is read here. */
export type Named = { readonly name?: string; readonly description?: string };
export type Member = Named & {
  readonly name: string;
  readonly kind: string;
  readonly privacy?: string;
  readonly static?: boolean;
  readonly readonly?: boolean;
  readonly type?: { readonly text: string };
};
export type Attribute = Named & { readonly fieldName?: string; readonly type?: { readonly text: string } };
export type SaidEvent = Named & { readonly type?: { readonly text: string } };
export type Declaration = {
  readonly kind: string;
  readonly name: string;
  readonly tagName?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly superclass?: { readonly name: string };
  readonly members?: readonly Member[];
  readonly attributes?: readonly Attribute[];
  readonly events?: readonly SaidEvent[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly slots?: readonly Named[];
};
export type Manifest = {
  modules: { readonly path: string; declarations?: Declaration[]; exports?: unknown }[];
};

export type ElementOf = Declaration & { readonly tagName: string };

/** Every element that has a tag, by its tag. */
export function elementsOf(manifest: Manifest): readonly ElementOf[] {
  return manifest.modules
    .flatMap(({ declarations }) => declarations ?? [])
    .filter((one): one is ElementOf => one.tagName !== undefined)
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
}

/** Properties a host may set. */
export function propertiesOf({ members = [] }: Declaration): readonly Member[] {
  return members.filter(({ kind, readonly: fixed }) => kind === 'field' && fixed !== true);
}
