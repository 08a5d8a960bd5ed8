/** Template properties are the API's members with a capital first letter; keys of maps stay as they are. */

/** Properties whose value is a map from the user's names. */
const maps = new Set(['Options', 'DockerLabels']);

/** Numbers and flags may come as text from parameters. */
const numbers = new Set([
  ...['ContainerPort', 'HostPort', 'Cpu', 'Memory', 'MemoryReservation', 'StartTimeout', 'StopTimeout'],
  ...[
    'Interval',
    'Timeout',
    'Retries',
    'StartPeriod',
    'SizeInGiB',
    'HardLimit',
    'SoftLimit',
    'Weight',
    'Base',
  ],
  ...['MaximumPercent', 'MinimumHealthyPercent', 'DesiredCount', 'HealthCheckGracePeriodSeconds'],
]);
const flags = new Set([
  ...['Essential', 'ReadonlyRootFilesystem', 'Enable', 'Rollback', 'InitProcessEnabled', 'Privileged'],
  ...['Interactive', 'PseudoTerminal', 'DisableNetworking', 'EnableECSManagedTags', 'EnableExecuteCommand'],
]);

export function toApi(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => toApi(one));
  if (typeof value === 'object' && value !== null) {
    if (maps.has(key)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, of]) => [name[0]?.toLowerCase() + name.slice(1), toApi(of, name)]),
    );
  }
  if (typeof value === 'string' && numbers.has(key)) return Number(value);
  if (typeof value === 'string' && flags.has(key)) return value === 'true';
  return value;
}

interface TemplateTag {
  readonly Key: string;
  readonly Value: string;
}

export const apiTags = (
  own: readonly TemplateTag[] | undefined,
  ofStack: Readonly<Record<string, string>> = {},
) => {
  const all = { ...ofStack, ...Object.fromEntries((own ?? []).map(({ Key, Value }) => [Key, Value])) };
  // ECS refuses the names that AWS keeps to itself.
  return Object.entries(all)
    .filter(([key]) => !key.startsWith('aws:'))
    .map(([key, value]) => ({ key, value }));
};
