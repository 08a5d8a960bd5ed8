/**
 * The tags that a request sets or takes away, as condition keys. Services name them in few forms: a list of keys with
 * values, an object, a list of keys.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html#access_tags_control-requests
 */
import { isObject } from '../../core/is-object.ts';

type TagKeys = Record<string, string | readonly string[]>;

export function requestTagKeys(input: Readonly<Record<string, unknown>>): TagKeys {
  const tags = tagsOf(input.Tags ?? input.tags);
  const removed = input.TagKeys ?? input.tagKeys;
  const names = Array.isArray(removed) ? removed.map(String) : tags.map(([key]) => key);
  if (names.length === 0) return {};
  return {
    'aws:TagKeys': names,
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  };
}

function tagsOf(given: unknown): [string, string][] {
  const list = isObject(given) && Array.isArray(given.Items) ? given.Items : given;
  if (Array.isArray(list))
    return list
      .filter(isObject)
      .map(({ Key, key, Value, value }) => [String(Key ?? key ?? ''), String(Value ?? value ?? '')]);
  return isObject(list) ? Object.entries(list).map(([key, value]) => [key, String(value)]) : [];
}
