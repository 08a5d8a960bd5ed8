/** Where data lies, and the actions that the review asks about. */
import type { Resource } from '../app/model.ts';
import type { AccessLevel, Category, StoreKind } from '../types/facts.ts';
import { factsOf, typesWith } from '../types/lookup.ts';

interface StoreAction {
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

const lasting: ReadonlySet<StoreKind | undefined> = new Set<StoreKind>([
  'bucket',
  'table',
  'database',
  'file-system',
  'search',
]);

/** Whether data is lost for good when the resource is deleted: not of a cache, nor of messages that wait. */
export const holdsData = ({ type }: Pick<Resource, 'type'>): boolean => {
  const facts = factsOf(type);
  return facts?.holdsData === true || lasting.has(facts?.store?.kind);
};

const serviceOf = (type: string): string => type.split('::').slice(0, 2).join('::');
const servicesKnown = new Set(typesWith('called').map(serviceOf));
const working: ReadonlySet<Category> = new Set<Category>([
  'edge',
  'api',
  'compute',
  'messaging',
  'data',
  'ai',
]);

/** Whether it holds data or works for users. Of a service without any facts every type may; of others only those with facts. */
export function storesOrServes({ type }: Pick<Resource, 'type'>): boolean {
  const facts = factsOf(type);
  if (facts === undefined) return type.startsWith('AWS::') && !servicesKnown.has(serviceOf(type));
  if (holdsData({ type }) || facts.compute === true) return true;
  // A rule, a schedule or a URL only passes on.
  return typeof facts.drawn === 'object' && working.has(facts.drawn.category) && facts.triggers === undefined;
}

export const storeTypes = (): readonly string[] => typesWith('store');
