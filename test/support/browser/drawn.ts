type Drawing = Element & { readonly isUpdatePending?: boolean; readonly updateComplete?: Promise<unknown> };

/** Waits until every element below a node has drawn what it was given, and none that came by it is about to. */
export async function drawn(root: Element | ShadowRoot): Promise<void> {
  for (let late = drawing(root); late.length > 0; late = drawing(root))
    for (const element of late) await element.updateComplete;
}

function drawing(root: Element | ShadowRoot): readonly Drawing[] {
  const all: readonly Drawing[] = [...(root instanceof Element ? [root] : []), ...root.querySelectorAll('*')];
  const below = root instanceof Element && root.shadowRoot ? drawing(root.shadowRoot) : [];
  return [
    ...below,
    ...all.flatMap((element) => [
      ...(element.isUpdatePending === true ? [element] : []),
      ...(element !== root && element.shadowRoot ? drawing(element.shadowRoot) : []),
    ]),
  ];
}
