/** Every AWS::ApiGateway type that is supported. */
import type { ResourceType } from '../../../service.ts';

export const resourceTypes = (): readonly ResourceType[] => [];
