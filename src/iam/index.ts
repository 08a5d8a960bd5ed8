/**
 * AWS IAM's evaluation logic as pure functions: no I/O, no clock, no globals but a compile cache.
 * Not evaluated, because nothing here stores them: service and resource control policies (Organizations),
 * VPC endpoint policies and S3 ACLs.
 */
export { denialMessage } from './denial-message.ts';
export { evaluate, evaluateTrust } from './evaluate.ts';
export { parsePolicy } from './parse.ts';
export { PolicyError } from './problems.ts';
export type * from './types.ts';
