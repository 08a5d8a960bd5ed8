/** What a template means: the resources of an app, and the questions asked of them. */
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
export { arnOf } from './app/names.ts';
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
