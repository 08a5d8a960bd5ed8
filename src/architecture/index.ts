/** What a template means: the resources of an app, and the questions asked of them. */
export { type Identity, identityName } from './access/identities.ts';
export { mayDo } from './access/may-do.ts';
export { type AccessModel, type Answer, accessOf } from './access/model.ts';
export {
  conditionKeys,
  describeStatement,
  type Principal,
  type ReadPolicy,
  type ReadStatement,
} from './access/policy.ts';
export { type AccessLevel, type StoreKind, storeActions, storeKind, storeTypes } from './access/stores.ts';
export { stepsInStack } from './app/called.ts';
export type {
  AppStack,
  Architecture,
  Assumption,
  Link,
  NotUnderstood,
  Resource,
  ResourceRef,
} from './app/model.ts';
export {
  architectureOfTemplate,
  architectureOfTemplates,
  type ReadOptions,
  readArchitecture,
  type TemplateInHand,
} from './app/read.ts';
export { resourceRef } from './app/ref.ts';
export {
  flagAt,
  isList,
  isMap,
  isUnresolved,
  listAt,
  numberAt,
  textAt,
  textsIn,
  valueAt,
} from './app/values.ts';
