/** What is reviewed, and the questions asked of it. */
export { stepsInStack } from './called.ts';
export {
  type LoadOptions,
  loadSubject,
  subjectOfTemplate,
  subjectOfTemplates,
  type TemplateInHand,
} from './load.ts';
export type {
  Assumption,
  Link,
  NotUnderstood,
  Resource,
  ResourceRef,
  Subject,
  SubjectStack,
} from './model.ts';
export { arnOf } from './names.ts';
export { refOf as resourceRef } from './ref.ts';
export { at, flagAt, isList, isMap, isUnresolved, listAt, numberAt, textAt, textsIn } from './values.ts';
