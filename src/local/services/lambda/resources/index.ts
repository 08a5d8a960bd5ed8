/** Every AWS::Lambda type that is supported. */
import type { ResourceType } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';

export const resourceTypes = (_context: LambdaContext): readonly ResourceType[] => [];
