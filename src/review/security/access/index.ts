/** Which principal can reach which data, and whether it needs to. */
export { type Identity, identityName } from './identities.ts';
export { accessReport } from './matrix.ts';
export { type AccessModel, type Answer, accessOf } from './model.ts';
export { measuredOf } from './need.ts';
export {
  conditionKeys,
  describe,
  type Principal,
  type ReadPolicy,
  type ReadStatement,
} from './policy.ts';
export { arnOfResource, storeActions, storeKind, storeTypes } from './stores.ts';
