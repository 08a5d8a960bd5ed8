/** Template properties are the API's members with a capital first letter; keys of maps stay as they are. */
/** Members whose value is a map from the user's names. */
type UserMap = 'dockerLabels' | 'driverOpts' | 'labels' | 'options';
const userMaps = new Set(['DockerLabels', 'DriverOpts', 'Labels', 'Options']);

/** An API's structure as a template writes it. */
export type TemplateForm<T> = T extends readonly (infer One)[]
  ? TemplateForm<One>[]
  : T extends object
    ? {
        readonly [Name in keyof T & string as Capitalize<Name>]: Name extends UserMap
          ? T[Name]
          : TemplateForm<T[Name]>;
      }
    : T;

// The types say the same as the loop below does, member by member, which the compiler cannot follow.
export const toApi = <T>(value: TemplateForm<T>): T => lowerNames(value) as T;

function lowerNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [
      name[0]?.toLowerCase() + name.slice(1),
      userMaps.has(name) ? of : lowerNames(of),
    ]),
  );
}

/** ECS refuses the names that AWS keeps to itself. */
export const apiTags = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags)
    .filter(([key]) => !key.startsWith('aws:'))
    .map(([key, value]) => ({ key, value }));
