import type { Architecture } from './model.ts';

/** An answer that is worked out once per app. */
export function oncePerApp<T>(answer: (app: Architecture) => T): (app: Architecture) => T {
  const known = new WeakMap<Architecture, { readonly answer: T }>();
  return (app) => {
    const found = known.get(app) ?? { answer: answer(app) };
    known.set(app, found);
    return found.answer;
  };
}
