/** Where data lies, and the actions that the review asks about. */
import type { Resource } from '../app/model.ts';
import type { AccessLevel, StoreKind } from '../types/facts.ts';
import { factsOf, typesWith } from '../types/lookup.ts';

export interface StoreAction {
  readonly action: string;
  readonly level: AccessLevel;
  /** After the store's own ARN; what an action on its parts is asked with. */
  readonly part?: string;
}

const levels = ['read', 'write', 'admin'] as const;

export const storeKind = ({ type }: Resource): StoreKind | undefined => factsOf(type)?.store?.kind;

const actionsOf = new Map(
  typesWith('store').map((type) => {
    const store = factsOf(type)?.store;
    const actions = levels.flatMap((level) =>
      (store?.[level] ?? []).map((action): StoreAction => {
        const part = store?.parts?.[action];
        return { action, level, ...(part === undefined ? {} : { part }) };
      }),
    );
    return [type, actions];
  }),
);

export const storeActions = ({ type }: Resource): readonly StoreAction[] => actionsOf.get(type) ?? [];

export const storeTypes = (): readonly string[] => typesWith('store');
