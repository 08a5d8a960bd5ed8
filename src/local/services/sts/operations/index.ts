export { assumeRole } from './assume-role.ts';
export { getCallerIdentity } from './get-caller-identity.ts';
