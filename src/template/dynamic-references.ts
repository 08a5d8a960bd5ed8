import type { DynamicReference } from './model.ts';

const pattern = /\{\{resolve:([^{}]*)\}\}/g;

type ParsedReference =
  | { readonly ok: true; readonly reference: DynamicReference }
  | { readonly ok: false; readonly message: string };

type TextPart = string | ParsedReference;

/** Splits text into what is around dynamic references and the references themselves. */
export function splitDynamicReferences(text: string): TextPart[] {
  if (!text.includes('{{resolve:')) return [text];
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(parse(match[0], match[1] ?? ''));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function parse(text: string, inner: string): ParsedReference {
  const colon = inner.indexOf(':');
  const service = colon < 0 ? inner : inner.slice(0, colon);
  const key = colon < 0 ? '' : inner.slice(colon + 1);
  if (key === '') return { ok: false, message: `the dynamic reference ${text} does not say what to resolve` };
  if (service === 'ssm' || service === 'ssm-secure') return parseSsm(text, service, key);
  if (service === 'secretsmanager') return parseSecret(text, key);
  return {
    ok: false,
    message: `the dynamic reference ${text} names the service ${service}; only ssm, ssm-secure and secretsmanager are supported`,
  };
}

/** `name[:version]`; the name may be the ARN of a shared parameter. */
function parseSsm(text: string, service: 'ssm' | 'ssm-secure', key: string): ParsedReference {
  const match = /^(arn:[^:]*:ssm:[^:]*:[^:]*:parameter\/[^:]+|[a-zA-Z0-9_.\-/]+)(?::(.*))?$/.exec(key);
  const version = match?.[2];
  if (match?.[1] === undefined || (version !== undefined && !/^\d+$/.test(version))) {
    return { ok: false, message: `the dynamic reference ${text} is not {{resolve:${service}:name:version}}` };
  }
  return { ok: true, reference: { text, service, name: match[1], version } };
}

/** `secret-id[:SecretString[:json-key[:version-stage[:version-id]]]]`; the id may be an ARN, which has six colons. */
function parseSecret(text: string, key: string): ParsedReference {
  const segments = key.split(':');
  const idSegments = segments[0] === 'arn' ? 7 : 1;
  const secretId = segments.slice(0, idSegments).join(':');
  const [secretString = '', jsonKey = '', versionStage = '', versionId = '', ...more] =
    segments.slice(idSegments);
  const wellFormed =
    segments.length >= idSegments &&
    secretId !== '' &&
    more.length === 0 &&
    (secretString === '' || secretString === 'SecretString');
  if (!wellFormed) {
    return {
      ok: false,
      message: `the dynamic reference ${text} is not {{resolve:secretsmanager:secret-id:SecretString:json-key:version-stage:version-id}}`,
    };
  }
  if (versionStage !== '' && versionId !== '') {
    return {
      ok: false,
      message: `the dynamic reference ${text} gives both a version stage and a version id`,
    };
  }
  return {
    ok: true,
    reference: {
      text,
      service: 'secretsmanager',
      secretId,
      jsonKey: jsonKey || undefined,
      versionStage: versionStage || undefined,
      versionId: versionId || undefined,
    },
  };
}
