/** Members that CreateService, UpdateService and RunTask share, checked: what Fargate has and this honours. */
import type {
  CapacityProviderStrategyItem,
  DeploymentConfiguration,
  NetworkConfiguration,
} from '@aws-sdk/client-ecs';
import { type AwsError, throwFirst, unsupported } from '../../service.ts';
import { clientError, invalidParameter } from './errors.ts';
import type { StrategyItem } from './records.ts';

const providers = new Set(['FARGATE', 'FARGATE_SPOT']);

export const checkProviders = (names: readonly (string | undefined)[] | undefined): string[] =>
  (names ?? []).map((name = '') => {
    if (!providers.has(name))
      throw unsupported(`the capacity provider ${name}: FARGATE and FARGATE_SPOT are known`);
    return name;
  });

export const checkStrategy = (items: readonly CapacityProviderStrategyItem[] | undefined): StrategyItem[] => {
  checkProviders(items?.map(({ capacityProvider }) => capacityProvider));
  return (items ?? []).map(({ capacityProvider = '', weight, base }) => ({
    capacityProvider,
    ...(weight === undefined ? {} : { weight }),
    ...(base === undefined ? {} : { base }),
  }));
};

export function checkNetwork(network: NetworkConfiguration | undefined): NetworkConfiguration {
  if (!network?.awsvpcConfiguration)
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  if (!network.awsvpcConfiguration.subnets?.length) throw invalidParameter('subnets can not be empty.');
  return network;
}

export function checkLaunchType(launchType: string | undefined): void {
  if (launchType !== undefined && launchType !== 'FARGATE')
    throw unsupported(`the launch type ${launchType}`);
}

/** Lists and flags that may be sent empty, and are refused by name otherwise. */
export function checkNothing(input: object, names: readonly string[], what: string): void {
  throwFirst(nothingProblems(input, names, what));
}

export function* nothingProblems(input: object, names: readonly string[], what: string): Generator<AwsError> {
  for (const name of names) {
    const value = (input as Readonly<Record<string, unknown>>)[name];
    const nothing =
      value === undefined ||
      value === null ||
      value === false ||
      (Array.isArray(value) && value.length === 0);
    if (!nothing) yield unsupported(`${name} of ${what}`);
  }
}

export function checkDeployment(
  given: DeploymentConfiguration | undefined,
  before?: DeploymentConfiguration,
): DeploymentConfiguration {
  const { alarms, strategy, bakeTimeInMinutes, deploymentCircuitBreaker: breaker, ...rest } = given ?? {};
  if (strategy !== undefined && strategy !== 'ROLLING')
    throw unsupported(`the deployment strategy ${strategy}`);
  if (bakeTimeInMinutes) throw unsupported('bakeTimeInMinutes of a deployment configuration');
  if (alarms?.enable) throw unsupported('alarms of a deployment configuration');
  const { maximumPercent, minimumHealthyPercent, ...unknown } = rest;
  checkNothing(unknown, Object.keys(unknown), 'a deployment configuration');
  if (breaker) {
    const { enable: _, rollback: __, ...others } = breaker;
    checkNothing(others, Object.keys(others), 'a deployment circuit breaker');
  }
  const configuration: DeploymentConfiguration = {
    maximumPercent: maximumPercent ?? before?.maximumPercent ?? 200,
    minimumHealthyPercent: minimumHealthyPercent ?? before?.minimumHealthyPercent ?? 100,
    deploymentCircuitBreaker: breaker ??
      before?.deploymentCircuitBreaker ?? { enable: false, rollback: false },
    strategy: 'ROLLING',
  };
  const { maximumPercent: maxPercent = 200, minimumHealthyPercent: minHealthyPercent = 100 } = configuration;
  if (
    maxPercent <= 0 ||
    minHealthyPercent < 0 ||
    minHealthyPercent > maxPercent ||
    (maxPercent === minHealthyPercent && maxPercent <= 100)
  )
    throw clientError(
      `The deployment configuration cannot make progress: maximumPercent ${maxPercent}, minimumHealthyPercent ${minHealthyPercent}.`,
    );
  return configuration;
}
