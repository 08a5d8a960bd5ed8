/** What a template means: the resources of an app, and the questions asked of them. */
export { type Identity, identityName } from './access/identities.ts';
export { mayDo } from './access/may-do.ts';
export { type AccessModel, type Answer, accessOf } from './access/model.ts';
export {
  conditionKeys,
  describeStatement,
  type ReadPolicy,
  type ReadStatement,
} from './access/policy.ts';
export { holdsData, storeActions, storeKind, storesOrServes, storeTypes } from './access/stores.ts';
export { stepsInStack } from './app/called.ts';
export { type Evidence, evidenceAt, inShort, propertyOf, show } from './app/evidence.ts';
export type {
  AppStack,
  Architecture,
  Resolved,
  Resource,
  ResourceRef,
} from './app/model.ts';
export { namedAt, valuesAt } from './app/named-at.ts';
export { attributeOf, type Named, nameProperty, refOf } from './app/names.ts';
export { oncePerApp } from './app/once.ts';
export {
  architectureOfTemplate,
  architectureOfTemplates,
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
export {
  callersOf,
  consumedBy,
  consumersOf,
  namedInPolicies,
  producersOf,
} from './questions/callers.ts';
export { databasesBehind } from './questions/databases.ts';
export {
  deadLettersFor,
  deadLettersOf,
  isDeadLetterQueue,
  keepsFailures,
} from './questions/dead-letters.ts';
export { rulesOnDefaultBus, rulesOnOwnEvents } from './questions/default-bus.ts';
export { isDeploymentMachinery } from './questions/deployment.ts';
export { distributionsBefore } from './questions/distributions.ts';
export { encryptions } from './questions/encryption.ts';
export { entriesFromInternet } from './questions/entries.ts';
export { dataFlowsFrom, type Step, stepsBehind } from './questions/flows.ts';
export { hasOwnLogs, logWritersOf } from './questions/logs.ts';
export {
  groupIdsOf,
  isAnywhere,
  type Network,
  networkOf,
  type PortRule,
  portsOf,
  subnetIdsOf,
} from './questions/network.ts';
export { ownersOf, partsOf } from './questions/parts.ts';
export { computes, configurationOf, rolesOf, runningAs, toldOf } from './questions/runs-as.ts';
export { scalingOf } from './questions/scaling.ts';
export {
  standsFor,
  type Trigger,
  triggeredBy,
  triggersOf,
  wiredBy,
} from './questions/triggers.ts';
export type {
  AccessLevel,
  Category,
} from './types/facts.ts';
export { factsOf, typesWith } from './types/lookup.ts';
